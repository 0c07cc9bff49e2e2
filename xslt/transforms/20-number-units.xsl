<?xml version="1.0" encoding="UTF-8"?>
<!--
  Pass 20: paragraph numbers. Input: the output of pass 10. Output: the same, with p:unit on
  each paragraph unit: the number that readers see and cite. Where pass 10 found stored numbers,
  nothing is left to do, and the output is the input.

  A document whose units have stored ids (`{document}-p1` …) shows the stored numbers, so that a
  citation of ¶ 24 stays right whatever is inserted before it; nothing else in it is numbered. A document
  without such ids (other people's TEI) has its body's paragraphs numbered in order; those
  without an id get the anchor `par-N`.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:fp="urn:diplomatic:20-number-units:function"
  xmlns:p="urn:diplomatic:pass"
  exclude-result-prefixes="#all">

  <!-- Copies all, and adds paragraph numbers. -->
  <xsl:mode name="m:number-units" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <!-- The units of a document without stored numbers: paragraphs of the body, not those within a
       note, a figure or a cell, and list items that are a paragraph themselves. -->
  <xsl:function name="fp:counted-units" as="element()*">
    <xsl:param name="root" as="document-node()"/>
    <xsl:sequence select="$root//tei:body//(tei:p | tei:item[not(tei:p | tei:list)])
      [not(ancestor::tei:note or ancestor::tei:figure or ancestor::tei:table
        or ancestor::tei:closer or ancestor::tei:postscript or ancestor::tei:list/@type)]"/>
  </xsl:function>

  <!-- Decides once for the document how its units are numbered. -->
  <xsl:template match="/" mode="m:number-units" as="document-node()">
    <xsl:choose>
      <xsl:when test="//@p:unit">
        <xsl:sequence select="."/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="counted" as="element()*" select="fp:counted-units(.)"/>
        <xsl:document>
          <xsl:apply-templates mode="#current">
            <xsl:with-param name="numbers" tunnel="yes" select="map:merge(for-each-pair($counted,
              1 to count($counted), function($unit, $number) { map{generate-id($unit): $number} }))"/>
          </xsl:apply-templates>
        </xsl:document>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Nothing of the header changes. -->
  <xsl:template match="tei:teiHeader" mode="m:number-units" as="element()">
    <xsl:copy-of select="."/>
  </xsl:template>

  <!-- A paragraph or item that may have been counted. -->
  <xsl:template match="tei:body//tei:p | tei:body//tei:item" mode="m:number-units" as="element()">
    <xsl:param name="numbers" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:variable name="number" as="xs:integer?" select="$numbers(generate-id())"/>
    <xsl:copy>
      <xsl:if test="exists($number)">
        <xsl:attribute name="p:unit" select="$number"/>
        <xsl:attribute name="p:anchor" select="'par-' || $number"/>
      </xsl:if>
      <xsl:copy-of select="@*"/>
      <xsl:apply-templates mode="#current"/>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
