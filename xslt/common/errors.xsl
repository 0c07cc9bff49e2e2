<?xml version="1.0" encoding="UTF-8"?>
<!--
  How a stylesheet says that something is wrong. Input: a code of codes.toml, words, and the node.
  Output: a message of the form `D711 [line 21] words (/TEI/text/body/p[2])`, which
  diplomatic.xml.saxon makes a finding of: the line is the transcript's, the path the TEI's.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:t="urn:diplomatic:template"
  xmlns:fp="urn:diplomatic:errors:function"
  exclude-result-prefixes="#all">

  <!-- The path of a node, without namespaces, for people. -->
  <xsl:function name="fp:path" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="steps" as="xs:string*"
      select="for $step in $node/ancestor-or-self::*,
        $alike in count($step/../*[node-name() = node-name($step)]) return local-name($step)
        || (if ($alike gt 1) then '[' || count($step/preceding-sibling::*[node-name() = node-name($step)]) + 1
        || ']' else '')"/>
    <xsl:sequence select="'/' || string-join($steps, '/')"/>
  </xsl:function>

  <!-- The message: code, line of the transcript if known, words, path if there is a node. -->
  <xsl:function name="fp:message" as="xs:string">
    <xsl:param name="code" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="node" as="node()?"/>
    <xsl:variable name="line" as="xs:integer?" select="$node ! f:transcript-line(.)"/>
    <xsl:sequence select="string-join(($code, $line ! ('[line ' || . || ']'), $words,
      $node ! ('(' || fp:path(.) || ')')), ' ')"/>
  </xsl:function>

  <!-- Ends the transformation: the document cannot be rendered as it is. -->
  <xsl:function name="f:stop" as="item()*" visibility="public">
    <xsl:param name="code" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="node" as="node()?"/>
    <xsl:message terminate="yes" select="fp:message($code, $words, $node)"/>
  </xsl:function>

  <!-- Says something and goes on. -->
  <xsl:template name="t:report" as="empty-sequence()">
    <xsl:param name="code" as="xs:string" required="yes"/>
    <xsl:param name="words" as="xs:string" required="yes"/>
    <xsl:param name="node" as="node()?" required="yes"/>
    <xsl:message select="fp:message($code, $words, $node)"/>
  </xsl:template>
</xsl:stylesheet>
