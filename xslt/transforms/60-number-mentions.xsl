<?xml version="1.0" encoding="UTF-8"?>
<!--
  Pass 60, for print: mentions. Input: the output of pass 50. Output: the same, with p:mention (1 to
  n in the order of the text) on each name whose @ref points into an index of the edition.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:p="urn:diplomatic:pass"
  exclude-result-prefixes="#all">

  <!-- Copies all, and adds numbers. -->
  <xsl:mode name="m:number-mentions" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <!-- Whether a name points into an index. -->
  <xsl:function name="f:is-mention" as="xs:boolean" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="contains($element/@ref, '.xml#')
      and local-name($element) = ('persName', 'placeName', 'orgName', 'rs', 'name', 'geogName')"/>
  </xsl:function>

  <!-- Counts once. -->
  <xsl:template match="/" mode="m:number-mentions" as="document-node()">
    <xsl:variable name="mentions" as="element()*" select="//tei:text//*[@ref][f:is-mention(.)]"/>
    <xsl:document>
      <xsl:apply-templates mode="#current">
        <xsl:with-param name="mentions" tunnel="yes" select="map:merge(for-each-pair($mentions,
          1 to count($mentions), function($mention, $number) { map{generate-id($mention): $number} }))"/>
      </xsl:apply-templates>
    </xsl:document>
  </xsl:template>

  <!-- A name that may have been counted. -->
  <xsl:template match="tei:text//*[@ref]" mode="m:number-mentions" as="element()">
    <xsl:param name="mentions" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:copy>
      <xsl:variable name="number" as="xs:integer?" select="$mentions(generate-id())"/>
      <xsl:if test="exists($number)">
        <xsl:attribute name="p:mention" select="$number"/>
      </xsl:if>
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
