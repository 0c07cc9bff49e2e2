<?xml version="1.0" encoding="UTF-8"?>
<!--
  Words that only the printed edition needs, from common/labels-print.xml, in the language of the
  edition (labels-print.LANGUAGE.xml), else in English. Input: keys and values to fill in. Output: strings.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:v="urn:diplomatic:variable"
  xmlns:l="urn:diplomatic:labels"
  xmlns:vp="urn:diplomatic:typst:words:variable"
  xmlns:kp="urn:diplomatic:labels:key"
  exclude-result-prefixes="#all">

  <!-- The tables of words for print, of all languages; read when the stylesheet is compiled. -->
  <xsl:variable name="vp:words" static="yes" as="document-node()+"
    select="uri-collection('../common/?select=labels-print*.xml') ! doc(.)"/>

  <!-- Whether the table has a word for a key. -->
  <xsl:function name="f:has-word" as="xs:boolean" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="exists($vp:words ! key('kp:labels', 'en ' || $key, .))"/>
  </xsl:function>

  <!-- The word for a key: in the language, else in English, else an error. -->
  <xsl:function name="f:word" as="xs:string" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="found" as="element(l:label)*"
      select="for $language in ($v:language, 'en'), $table in $vp:words
        return key('kp:labels', $language || ' ' || $key, $table)"/>
    <xsl:sequence select="if ($found) then string($found[1])
      else f:stop('D712', 'no word for ' || $key || ' in labels-print.xml', ())"/>
  </xsl:function>

  <!-- The word for a key, with values filled in. -->
  <xsl:function name="f:word" as="xs:string" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:analyze-string select="f:word($key)" regex="\{{([0-9])\}}">
        <xsl:matching-substring>
          <xsl:sequence select="string($values[xs:integer(regex-group(1))])"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:sequence select="."/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:sequence select="string-join($parts)"/>
  </xsl:function>
</xsl:stylesheet>
