<?xml version="1.0" encoding="UTF-8"?>
<!--
  Pass 10: anchors and marks. Input: a TEI document. Output: the same, with
    on every element of standOff and text that has an xml:id:
      p:anchor  the name by which web pages, PDF and ebook link to it
    on each paragraph unit of the text with a stored number (`{document}-p3`):
      p:unit    `3`
    on each editorial phenomenon of the text (f:phenomena):
      p:mark    its number, 1 to n in the order of the text: the apparatus entry is `aN`
      p:kind    what it is (mark-kinds.xsl)
      p:anchor  `mN`, unless it has a stored id
    on a note that only says [SIC] of the word before it: p:part-of, the number of that word's mark.
  The anchor of `{TEI/@xml:id}-p3` is `p3`; an id that does not begin with the document's id is
  its own anchor; one that a page uses for itself gets an underscore. Pass 30 gives anchors to notes
  and references that have no stored id.
  Anchors and marks do not need each other; they are one pass because to copy a document is what
  a pass mostly costs.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:10-anchors-and-marks:function"
  xmlns:vp="urn:diplomatic:10-anchors-and-marks:variable"
  xmlns:p="urn:diplomatic:pass"
  exclude-result-prefixes="#all">

  <!-- Copies all, and adds anchors and marks. -->
  <xsl:mode name="m:anchors" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <!-- Names that a page or the book has for its own parts. -->
  <xsl:variable name="vp:reserved-anchors" static="yes" as="map(xs:string, xs:boolean)"
    select="map:merge(('doc', 'text', 'key', 'contents', 'apparatus', 'names', 'cite', 'download', 'rights',
      'end', 'dates', 'v-read', 'v-dip', 'v-src') ! map:entry(., true()))"/>

  <!-- The form of a stored paragraph number. -->
  <xsl:variable name="v:unit-anchor" static="yes" as="xs:string" select="'^p([0-9]+[a-z]?)$'"/>

  <!-- Numbers the phenomena once, and finds the elements that hold any. -->
  <xsl:template match="/" mode="m:anchors" as="document-node()">
    <xsl:variable name="marked" as="element()*" select="f:phenomena(.)"/>
    <xsl:variable name="parts" as="element()*" select="//tei:note[f:is-sic-note(.)]"/>
    <xsl:document>
      <xsl:apply-templates mode="#current">
        <xsl:with-param name="marks" tunnel="yes" select="map:merge(for-each-pair($marked,
          1 to count($marked), function($mark, $number) { map{generate-id($mark): $number} }))"/>
        <xsl:with-param name="ways" tunnel="yes" select="map:merge(($marked, $parts) ! ancestor-or-self::*
          ! map:entry(generate-id(), true()), map{'duplicates': 'use-first'})"/>
        <xsl:with-param name="document" tunnel="yes" select="string(*/@xml:id)"/>
      </xsl:apply-templates>
    </xsl:document>
  </xsl:template>

  <!-- Nothing of the header changes. -->
  <xsl:template match="tei:teiHeader" mode="m:anchors" as="element()">
    <xsl:copy-of select="."/>
  </xsl:template>

  <!-- An element that has a stored id. What is in it is copied at once where nothing of it changes,
       which is much quicker. -->
  <xsl:template match="tei:text//*[@xml:id] | tei:standOff//*[@xml:id]" mode="m:anchors" as="element()">
    <xsl:param name="marks" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:param name="ways" as="map(xs:string, xs:boolean)" tunnel="yes"/>
    <xsl:param name="document" as="xs:string" tunnel="yes"/>
    <xsl:variable name="anchor" as="xs:string" select="f:anchor(@xml:id, $document)"/>
    <xsl:variable name="is-way" as="xs:boolean" select="map:contains($ways, generate-id())"/>
    <xsl:copy>
      <xsl:if test="$is-way">
        <xsl:sequence select="fp:mark(., $marks)"/>
      </xsl:if>
      <xsl:attribute name="p:anchor"
        select="if (map:contains($vp:reserved-anchors, $anchor)) then $anchor || '_' else $anchor"/>
      <xsl:if test="starts-with($anchor, 'p') and matches($anchor, $v:unit-anchor) and ancestor::tei:text">
        <xsl:attribute name="p:unit" select="substring($anchor, 2)"/>
      </xsl:if>
      <xsl:copy-of select="@*"/>
      <xsl:choose>
        <xsl:when test="$is-way or descendant::*/@xml:id">
          <xsl:apply-templates mode="#current"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:copy-of select="node()"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:copy>
  </xsl:template>

  <!-- Any other element: a phenomenon, one that holds something that changes, or neither. -->
  <xsl:template match="*" mode="m:anchors" as="element()">
    <xsl:param name="marks" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:param name="ways" as="map(xs:string, xs:boolean)" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="map:contains($ways, generate-id())">
        <xsl:copy>
          <xsl:sequence select="fp:mark(., $marks)"/>
          <xsl:copy-of select="@*"/>
          <xsl:apply-templates mode="#current"/>
        </xsl:copy>
      </xsl:when>
      <xsl:when test="descendant::*/@xml:id">
        <xsl:copy>
          <xsl:copy-of select="@*"/>
          <xsl:apply-templates mode="#current"/>
        </xsl:copy>
      </xsl:when>
      <xsl:otherwise>
        <xsl:copy-of select="."/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What a phenomenon or a part of one is given. -->
  <xsl:function name="fp:mark" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="marks" as="map(xs:string, xs:integer)"/>
    <xsl:variable name="number" as="xs:integer?" select="$marks(generate-id($element))"/>
    <xsl:if test="exists($number)">
      <xsl:attribute name="p:mark" select="$number"/>
      <xsl:attribute name="p:kind" select="f:mark-kind($element)"/>
      <xsl:attribute name="p:anchor" select="'m' || $number"/>
    </xsl:if>
    <xsl:if test="f:is-sic-note($element)">
      <xsl:attribute name="p:part-of" select="$marks(generate-id($element/preceding-sibling::tei:sic[1]))"/>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
