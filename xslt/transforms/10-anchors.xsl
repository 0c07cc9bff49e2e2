<?xml version="1.0" encoding="UTF-8"?>
<!--
  Pass 10: anchors. Input: a TEI document. Output: the same, with
    p:anchor  on every element of standOff and text that has an xml:id: the name by which web
              pages, PDF and ebook link to it
    p:unit    on each paragraph unit of the text with a stored number (`{document}-p3`): `3`

  The anchor of `{TEI/@xml:id}-p3` is `p3`; an id that does not begin with the document's id is
  its own anchor; one that a page uses for itself gets an underscore. Later passes give anchors
  to notes, references and marks that have no stored id (30, 40), so that after pass 40 each
  element with p:unit, p:note or p:mark has a p:anchor.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:v="urn:diplomatic:variable"
  xmlns:vp="urn:diplomatic:10-anchors:variable"
  xmlns:p="urn:diplomatic:pass"
  exclude-result-prefixes="#all">

  <!-- Copies all, and adds anchors. -->
  <xsl:mode name="m:anchors" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <!-- Names that a page or the book has for its own parts. -->
  <xsl:variable name="vp:reserved-anchors" static="yes" as="map(xs:string, xs:boolean)"
    select="map:merge(('doc', 'text', 'key', 'contents', 'apparatus', 'names', 'cite', 'download', 'rights',
      'end', 'dates', 'v-read', 'v-dip', 'v-src') ! map:entry(., true()))"/>

  <!-- Nothing of the header changes. -->
  <xsl:template match="tei:teiHeader" mode="m:anchors" as="element()">
    <xsl:copy-of select="."/>
  </xsl:template>

  <!-- The form of a stored paragraph number. -->
  <xsl:variable name="v:unit-anchor" static="yes" as="xs:string" select="'^p([0-9]+[a-z]?)$'"/>

  <!-- An element that can be linked to. -->
  <xsl:template match="tei:text//*[@xml:id] | tei:standOff//*[@xml:id]" mode="m:anchors" as="element()">
    <xsl:variable name="anchor" as="xs:string" select="f:anchor(@xml:id, f:document-id(.))"/>
    <xsl:copy>
      <xsl:attribute name="p:anchor"
        select="if (map:contains($vp:reserved-anchors, $anchor)) then $anchor || '_' else $anchor"/>
      <xsl:if test="starts-with($anchor, 'p') and matches($anchor, $v:unit-anchor) and ancestor::tei:text">
        <xsl:attribute name="p:unit" select="substring($anchor, 2)"/>
      </xsl:if>
      <xsl:copy-of select="@*"/>
      <xsl:choose>
        <xsl:when test="descendant::*/@xml:id">
          <xsl:apply-templates mode="#current"/>
        </xsl:when>
        <xsl:otherwise>
          <!-- Nothing in it changes: copied at once, which is much quicker. -->
          <xsl:copy-of select="node()"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
