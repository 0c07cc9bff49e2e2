<?xml version="1.0" encoding="UTF-8"?>
<!--
  Writing Typst: strings, calls, lines. Input: strings. Output: code in Typst's code mode, in which
  every word of a document is a string literal, so that nothing in a transcript can act as markup.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:fp="urn:diplomatic:typst:text:function"
  xmlns:vp="urn:diplomatic:typst:text:variable"
  xmlns:p="urn:diplomatic:pass"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- What may stand in a string literal as it is; all else is written as its code point. -->
  <xsl:variable name="vp:unsafe" as="xs:string" select="'[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|[\\&quot;]'"/>
  <!-- A word in Hebrew letters. -->
  <xsl:variable name="vp:hebrew" as="xs:string" select="'[\p{IsHebrew}]+'"/>
  <!-- A word in Arabic letters. -->
  <xsl:variable name="vp:arabic" as="xs:string"
    select="'[\p{IsArabic}\p{IsArabicPresentationForms-A}\p{IsArabicPresentationForms-B}]+'"/>
  <!-- Stretches that need a call of their own: words from right to left, which a PDF then has in the order
       of reading; and what the italic fonts lack. -->
  <xsl:variable name="vp:special" as="xs:string"
    select="string-join(($vp:arabic, $vp:hebrew, $upright[. ne ''] ! ('[' || . || ']+')), '|')"/>

  <!-- A code point in hexadecimal digits. -->
  <xsl:function name="fp:hex" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:variable name="last" as="xs:string" select="substring('0123456789abcdef', $number mod 16 + 1, 1)"/>
    <xsl:sequence select="if ($number lt 16) then $last else fp:hex($number idiv 16) || $last"/>
  </xsl:function>

  <!-- A string literal. -->
  <xsl:function name="f:string" as="xs:string" visibility="public">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:analyze-string select="string($value)" regex="{$vp:unsafe}">
        <xsl:matching-substring>
          <xsl:sequence select="if (. = ('\', '&quot;')) then '\' || .
            else '\u{' || fp:hex(string-to-codepoints(.)) || '}'"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring>
          <xsl:sequence select="."/>
        </xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:sequence select="'&quot;' || string-join($parts) || '&quot;'"/>
  </xsl:function>

  <!-- Words of text as expressions; scripts that need it in calls of their own. -->
  <xsl:function name="f:text" as="xs:string*" visibility="public">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:analyze-string select="string($value)" regex="{$vp:special}">
      <xsl:matching-substring>
        <xsl:sequence select="f:call(if (matches(., $vp:arabic)) then 'arabic' else 'upright',
          f:call('text', f:string(.)))"/>
      </xsl:matching-substring>
      <xsl:non-matching-substring>
        <xsl:sequence select="f:call('text', f:string(.))"/>
      </xsl:non-matching-substring>
    </xsl:analyze-string>
  </xsl:function>

  <!-- The direction of the paragraph that a node is in, or is: that of the language of the text around
       it, not of a phrase in another language. -->
  <xsl:function name="f:direction-of" as="xs:string" visibility="public">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="f:direction($node/ancestor-or-self::*[@xml:lang][f:is-block(.) or self::item
      or self::cell or self::text or self::body or self::TEI or self::note][1]/@xml:lang)"/>
  </xsl:function>

  <!-- A call. -->
  <xsl:function name="f:call" as="xs:string" visibility="public">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <xsl:sequence select="$name || '(' || string-join($arguments, ', ') || ')'"/>
  </xsl:function>

  <!-- A named argument. -->
  <xsl:function name="f:named" as="xs:string" visibility="public">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="$name || ': ' || $value"/>
  </xsl:function>

  <!-- Expressions joined to one content; of none, empty content. -->
  <xsl:function name="f:body" as="xs:string" visibility="public">
    <xsl:param name="expressions" as="xs:string*"/>
    <xsl:sequence select="if (empty($expressions)) then '[]' else '{ ' || string-join($expressions, '; ') || ' }'"/>
  </xsl:function>

  <!-- Words as one content. -->
  <xsl:function name="f:words" as="xs:string" visibility="public">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="if ($value = '') then '[]' else f:body(f:text($value))"/>
  </xsl:function>

  <!-- Lines of code as one content. -->
  <xsl:function name="f:lines" as="xs:string" visibility="public">
    <xsl:param name="lines" as="xs:string*"/>
    <xsl:sequence select="if (empty($lines)) then '[]' else '{&#10;' || string-join($lines) || '}'"/>
  </xsl:function>

  <!-- Expressions as an array. -->
  <xsl:function name="f:array" as="xs:string" visibility="public">
    <xsl:param name="expressions" as="xs:string*"/>
    <xsl:sequence select="'(' || string-join($expressions ! (. || ',&#10;')) || ')'"/>
  </xsl:function>

  <!-- One line of code, with the place that it came from. -->
  <xsl:function name="f:line" as="xs:string" visibility="public">
    <xsl:param name="expression" as="xs:string"/>
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$expression || ' // @tei ' || f:tei-place($node) || '&#10;'"/>
  </xsl:function>

  <!-- Where a node is: its XPath without namespaces, its line in the TEI file, and that of the words
       in the transcript, as far as they are known. -->
  <xsl:function name="f:tei-place" as="xs:string" visibility="public">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="line" as="xs:string?" select="$node/ancestor-or-self::*[@p:line][1]/@p:line"/>
    <xsl:sequence select="replace(path($node), 'Q\{[^}]*\}', '') || $line ! (' line ' || .)
      || f:transcript-line($node) ! (' transcript ' || .)"/>
  </xsl:function>

  <!-- The label of an anchor: in a volume with the document's id before it. -->
  <xsl:function name="f:destination" as="xs:string" visibility="public">
    <xsl:param name="anchor" as="xs:string"/>
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="if ($scope = 'volume') then f:document-id($node) || '-' || $anchor else $anchor"/>
  </xsl:function>
</xsl:stylesheet>
