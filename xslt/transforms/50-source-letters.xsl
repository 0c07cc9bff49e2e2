<?xml version="1.0" encoding="UTF-8"?>
<!--
  Pass 50, for print: letters of source notes. Input: the output of pass 30. Output: the same, with
  p:letter (a, b … z, aa …) on each gap of the text whose extent a note states. Restarts in each
  document, as the other series of notes do. Where notes of the document have letters, these are Greek.
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

  <!-- Copies all, and adds letters. -->
  <xsl:mode name="m:source-letters" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <!-- Counts once. A gap inside a note has no note of its own. -->
  <xsl:template match="/" mode="m:source-letters" as="document-node()">
    <xsl:variable name="noted" as="element()*"
      select="//tei:text//tei:gap[@p:kind = 'gap'][not(ancestor::tei:note[@p:note])]"/>
    <xsl:document>
      <xsl:apply-templates mode="#current">
        <xsl:with-param name="letters" tunnel="yes" select="map:merge(for-each-pair($noted,
          1 to count($noted), function($gap, $number) { map{generate-id($gap): $number} }))"/>
        <xsl:with-param name="alphabet" tunnel="yes" select="
          if (//tei:text//tei:note/@p:note[matches(., '^[a-z]{1,2}$')]) then '&#x3B1;' else 'a'"/>
      </xsl:apply-templates>
    </xsl:document>
  </xsl:template>

  <!-- A gap. -->
  <xsl:template match="tei:text//tei:gap" mode="m:source-letters" as="element()">
    <xsl:param name="letters" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:param name="alphabet" as="xs:string" tunnel="yes"/>
    <xsl:variable name="number" as="xs:integer?" select="$letters(generate-id())"/>
    <xsl:copy>
      <xsl:if test="exists($number)">
        <xsl:attribute name="p:letter" select="format-integer($number, $alphabet)"/>
      </xsl:if>
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
