<?xml version="1.0" encoding="UTF-8"?>
<!--
  The signs that the transcript set around a phenomenon: its default brackets, or those that @rend
  names (encoding guide, "Keeping the bracket's own words and signs"). Input: an element.
  Output: the opening and the closing sign, as strings.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:diplomatic:function"
  xmlns:vp="urn:diplomatic:signs:variable"
  xmlns:fp="urn:diplomatic:signs:function"
  exclude-result-prefixes="#all">

  <!-- Signs by @rend token: opening, closing. -->
  <xsl:variable name="vp:signs" as="map(xs:string, array(xs:string))" select="map{
    'no-brackets': ['', ''], 'brackets': ['[', ']'], 'round-brackets': ['(', ')'], 'double-brackets': ['[[', ']]'],
    'triple-brackets': ['[[[', ']]]'], 'question-marks': ['?', '?'], 'slashes': ['/', '/']}"/>

  <!-- Whether an element's @rend names signs that stand around it. -->
  <xsl:function name="f:names-signs" as="xs:boolean" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@rend
      and f:tokens($element/@rend) = (map:keys($vp:signs), 'unclosed', 'unopened')"/>
  </xsl:function>

  <!-- Both signs of an element, before repairs are minded: those named, or the default. This
       edition's additions have angle brackets; the transcript's square ones. -->
  <xsl:function name="fp:signs" as="array(xs:string)">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="named" as="xs:string?"
      select="$element/@rend ! f:tokens(.)[map:contains($vp:signs, .)][1]"/>
    <xsl:sequence select="if ($named) then $vp:signs($named)
      else if (f:is-ours($element)) then ['⟨', '⟩'] else ['[', ']']"/>
  </xsl:function>

  <!-- The opening sign; '' for a bracket that the transcript never opened. -->
  <xsl:function name="f:open-sign" as="xs:string" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if (f:rend($element, 'unopened')) then '' else fp:signs($element)(1)"/>
  </xsl:function>

  <!-- The closing sign; '' for a bracket that the transcript never closed. -->
  <xsl:function name="f:close-sign" as="xs:string" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if (f:rend($element, 'unclosed')) then '' else fp:signs($element)(2)"/>
  </xsl:function>
</xsl:stylesheet>
