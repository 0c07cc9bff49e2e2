<?xml version="1.0" encoding="UTF-8"?>
<!--
  What no other module has a template for: nothing is dropped in silence. Input: an element unknown
  to print. Output: its words, as a block or as a phrase by where it stands, and a report (D736) that
  names the element and its place.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:p="urn:diplomatic:pass"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- A block without a template: its content, as a division's is. -->
  <xsl:template match="*" mode="m:block" as="xs:string*" priority="-2">
    <xsl:call-template name="t:report">
      <xsl:with-param name="code" select="'D736'"/>
      <xsl:with-param name="words" select="f:word('error.no-rule', name())"/>
      <xsl:with-param name="node" select="."/>
    </xsl:call-template>
    <xsl:call-template name="t:flow"/>
  </xsl:template>

  <!-- A phrase without a template: its words. -->
  <xsl:template match="*" mode="m:inline" as="xs:string*" priority="-2">
    <xsl:call-template name="t:report">
      <xsl:with-param name="code" select="'D736'"/>
      <xsl:with-param name="words" select="f:word('error.no-rule', name())"/>
      <xsl:with-param name="node" select="."/>
    </xsl:call-template>
    <xsl:apply-templates mode="m:inline"/>
  </xsl:template>

  <!-- Blocks that stand among words: their words, parted by a line break. -->
  <xsl:template match="*[f:is-block(.)][not(self::*:opener or self::*:closer)]/(*:row | *:item)" mode="m:inline"
    as="xs:string*" priority="-1">
    <xsl:sequence select="'linebreak()'[exists(current()/preceding-sibling::*)]"/>
    <xsl:apply-templates mode="m:inline"/>
  </xsl:template>

  <!-- Loose words between blocks are paragraphs already; blanks there mean nothing. -->
  <xsl:template match="text()" mode="m:block" as="xs:string*" priority="-2">
    <xsl:if test="normalize-space()">
      <xsl:sequence select="f:line(f:call('plain-line', f:words(normalize-space())), ..)"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
