<?xml version="1.0" encoding="UTF-8"?>
<!--
  Questions that every output asks of a TEI document: whose word it is, where it stands, what
  kind of phenomenon it is. Input: nodes of a TEI document, most of them after the passes in
  transforms/. Output: plain values. Nothing here makes a word of the interface (labels.xsl)
  or any markup (html/, typst/).
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:v="urn:diplomatic:variable"
  xmlns:p="urn:diplomatic:pass"
  exclude-result-prefixes="#all">

  <!-- Types of note that stand under a mark of their own, apart from the text. -->
  <xsl:variable name="v:set-off-note-types" as="xs:string+" select="'footnote', 'endnote'"/>

  <!-- Divisions that hold what the publisher of the transcript put around the document. -->
  <xsl:variable name="v:publishers-types" as="xs:string+" select="'transcript-head', 'notice',
    'abstract', 'form-labels', 'rights', 'interlanguage', 'metadata', 'furniture'"/>

  <!-- Languages and scripts that are written from right to left. -->
  <xsl:variable name="v:leftward" as="xs:string+" select="
    'ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi', 'arab', 'hebr', 'syrc', 'thaa', 'nkoo'"/>

  <!-- In which direction a language is written: rtl or ltr. A script in the tag decides. -->
  <xsl:function name="f:direction" as="xs:string" visibility="public">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(lower-case($tag), '-')"/>
    <xsl:variable name="script" as="xs:string?" select="$parts[position() gt 1][string-length() = 4][1]"/>
    <xsl:sequence select="if (($script, $parts[1])[1] = $v:leftward) then 'rtl' else 'ltr'"/>
  </xsl:function>

  <!-- The tokens of an attribute that holds a list of words or pointers. -->
  <xsl:function name="f:tokens" as="xs:string*" visibility="public">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="tokenize($value)"/>
  </xsl:function>

  <!-- Whether an element's @rend has a token. -->
  <xsl:function name="f:rend" as="xs:boolean" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="token" as="xs:string"/>
    <xsl:sequence select="$element/@rend and f:tokens($element/@rend) = $token"/>
  </xsl:function>

  <!-- Whose word an element is: 'tr' transcriber or translator, 'ed' this edition's editors,
       'tool' this program, '' the document itself. The nearest @resp decides; in a choice, the
       member that is not the transcript's. -->
  <xsl:function name="f:voice" as="xs:string" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="own" as="xs:string?" select="if ($element/@resp) then $element/@resp
      else ($element/self::tei:choice/*/@resp, $element/tei:figDesc/@resp)[1]"/>
    <xsl:sequence select="if (normalize-space($own)) then substring-after(f:tokens($own)[1], '#')
      else if ($element/self::tei:surplus) then 'tr' else ''"/>
  </xsl:function>

  <!-- Whether an element is an addition of this edition (its editors or its program). -->
  <xsl:function name="f:is-ours" as="xs:boolean" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="f:voice($element) = ('ed', 'tool')"/>
  </xsl:function>

  <!-- Whether a note is set off from the text under a mark of its own (footnote, endnote, note
       of this edition) rather than standing in the line in the transcriber's brackets. -->
  <xsl:function name="f:is-set-off-note" as="xs:boolean" visibility="public">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="$note/self::tei:note and
      ($note/@type = $v:set-off-note-types or $note/tei:seg/@type = 'label'
       or (not($note/@resp) and not($note/tei:seg/@type = 'caption')) or f:is-ours($note))"/>
  </xsl:function>

  <!-- Whether a note only says of the word before it that it is written so, as in `x [SIC]`. -->
  <xsl:function name="f:is-sic-note" as="xs:boolean" visibility="public">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="$element/self::tei:note/@type = 'sic'
      and exists($element/preceding-sibling::node()[not(self::text()[not(normalize-space())])][1]
        /self::tei:sic)"/>
  </xsl:function>

  <!-- The first line of the transcript that an element (or its nearest ancestor with a source)
       came from, counted from 1; nothing when the TEI does not say. -->
  <xsl:function name="f:transcript-line" as="xs:integer?" visibility="public">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="source" as="xs:string?"
      select="$node/ancestor-or-self::*[starts-with(@source, 'line:')][1]/@source"/>
    <xsl:variable name="start" as="xs:string"
      select="substring-before(substring-after($source, 'line:') || ',', ',')"/>
    <xsl:sequence select="if ($start castable as xs:integer) then xs:integer($start) + 1 else ()"/>
  </xsl:function>

  <!-- The id of the document that a node belongs to, '' when the TEI has none. -->
  <xsl:function name="f:document-id" as="xs:string" visibility="public">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="string($node/ancestor-or-self::tei:TEI[last()]/@xml:id)"/>
  </xsl:function>

  <!-- The anchor that a stored id becomes: its part after the document's id and a hyphen. -->
  <xsl:function name="f:anchor" as="xs:string" visibility="public">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="document" as="xs:string"/>
    <xsl:variable name="prefix" as="xs:string" select="$document || '-'"/>
    <xsl:sequence select="if ($document ne '' and starts-with($id, $prefix)
      and string-length($id) gt string-length($prefix))
      then substring($id, string-length($prefix) + 1) else $id"/>
  </xsl:function>

  <!-- The text of a mark or label without what only decorates it: "[1]", "1.", "(1)" are "1". -->
  <xsl:function name="f:bare-label" as="xs:string" visibility="public">
    <xsl:param name="label" as="xs:string?"/>
    <xsl:sequence select="replace(normalize-space($label), '^[\[(]+|[\]).:]+$', '')"/>
  </xsl:function>

  <!-- How many letters a gap or blank stands for, as far as is stated: the larger number of a
       range; 3 when nothing is. Lines count as forty letters, words as six. -->
  <xsl:function name="f:letters" as="xs:double" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="count" as="xs:double"
      select="(($element/@atMost, $element/@quantity, $element/@atLeast)
        [. castable as xs:double] ! xs:double(.), 3)[1]"/>
    <xsl:variable name="unit" as="xs:double"
      select="if ($element/@unit = ('line', 'lines')) then 40
        else if ($element/@unit = ('word', 'words')) then 6
        else if ($element/@unit = ('page', 'pages', 'leaf')) then 80 else 1"/>
    <xsl:sequence select="$count * $unit"/>
  </xsl:function>
</xsl:stylesheet>
