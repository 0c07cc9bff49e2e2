<?xml version="1.0" encoding="UTF-8"?>
<!--
  All passes in order. An entry point includes this module and common/functions.xsl, and renders
  f:prepare(/) instead of its source. What the passes add (namespace urn:diplomatic:pass, prefix p)
  is documented in the head of each: p:anchor p:mark p:kind p:part-of (10), p:unit (10, 20), p:note
  p:refs p:target p:in-place (30). Nothing else of the document changes.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  exclude-result-prefixes="#all">

  <xsl:include href="mark-kinds.xsl"/>
  <xsl:include href="10-anchors-and-marks.xsl"/>
  <xsl:include href="20-number-units.xsl"/>
  <xsl:include href="30-number-notes.xsl"/>

  <!-- The document with everything numbered that outputs show a number or an anchor for. -->
  <xsl:function name="f:prepare" as="document-node()" visibility="public">
    <xsl:param name="source" as="document-node()"/>
    <xsl:variable name="anchored" as="document-node()">
      <xsl:apply-templates select="$source" mode="m:anchors"/>
    </xsl:variable>
    <xsl:variable name="with-units" as="document-node()">
      <xsl:apply-templates select="$anchored" mode="m:number-units"/>
    </xsl:variable>
    <xsl:apply-templates select="$with-units" mode="m:number-notes"/>
  </xsl:function>
</xsl:stylesheet>
