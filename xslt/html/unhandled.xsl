<?xml version="1.0" encoding="UTF-8"?>
<!--
  Elements as other people's TEI has them: an apparatus in the text, and all without a rule of
  their own. Input: any element.
  Output: its content, never lost, rendered by its class of content: block where only blocks
  stand, phrase among words, milestone where it is empty; and a finding that says so.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:fp="urn:diplomatic:html-unhandled:function"
  exclude-result-prefixes="#all">

  <!-- Any element that no other rule knows. -->
  <xsl:template match="*" mode="m:html" as="element()*" priority="-5">
    <xsl:call-template name="t:report">
      <xsl:with-param name="code" select="'D711'"/>
      <xsl:with-param name="words" select="'no rule for ' || name() || '; shown as a '
        || fp:content-class(.)"/>
      <xsl:with-param name="node" select="."/>
    </xsl:call-template>
    <xsl:call-template name="t:block">
      <xsl:with-param name="tag" select="if (fp:content-class(.) = 'block') then 'div' else 'span'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- An apparatus within the text, as others write it: the reading of the text, then the other
       readings, and what is said of them, in brackets with the signs of their witnesses. -->
  <xsl:template match="tei:app" mode="m:html" as="node()*">
    <xsl:variable name="read" as="element()?" select="(tei:lem, tei:rdg, tei:rdgGrp//tei:rdg)[1]"/>
    <xsl:apply-templates select="$read/node()" mode="m:html"/>
    <xsl:for-each select="(* except (tei:rdgGrp, tei:note), tei:rdgGrp//tei:rdg) except $read">
      <xsl:text> </xsl:text>
      <span class="rdg">
        <xsl:value-of select="'[' || string-join(f:tokens(@wit) ! substring-after(., '#'), ' ')
          || ': '[current()/@wit]"/>
        <xsl:apply-templates mode="m:html"/>
        <xsl:text>]</xsl:text>
      </span>
    </xsl:for-each>
    <xsl:apply-templates select="tei:note" mode="m:html"/>
  </xsl:template>

  <!-- The class of content: milestone, block or phrase. -->
  <xsl:function name="fp:content-class" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if (not($element/node())) then 'milestone'
      else if (f:is-among-words($element) and not(f:has-blocks($element))) then 'phrase'
      else 'block'"/>
  </xsl:function>

  <!-- Words given as an attribute by elements that others use where we use text. -->
  <xsl:template match="@n" mode="m:html" as="text()">
    <xsl:value-of select="."/>
  </xsl:template>
</xsl:stylesheet>
