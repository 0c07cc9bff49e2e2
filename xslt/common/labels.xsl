<?xml version="1.0" encoding="UTF-8"?>
<!--
  Words of the interface, from labels.xml, in the language of the edition. Input: keys and values
  to fill in. Output: strings. No other stylesheet holds a word that a reader sees.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:fn="http://www.w3.org/2005/xpath-functions"
  xmlns:f="urn:diplomatic:function"
  xmlns:v="urn:diplomatic:variable"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:p="urn:diplomatic:pass"
  xmlns:l="urn:diplomatic:labels"
  xmlns:fp="urn:diplomatic:labels:function"
  xmlns:vp="urn:diplomatic:labels:variable"
  xmlns:kp="urn:diplomatic:labels:key"
  exclude-result-prefixes="#all">

  <!-- Language of the interface (BCP 47). One without labels is served in English. -->
  <xsl:param name="interface-language" as="xs:string" select="'en'"/>

  <!-- The language asked for and its first part, as far as they can be part of a file's name. -->
  <xsl:variable name="vp:wanted" as="xs:string*"
    select="($interface-language, tokenize($interface-language, '-')[1])[matches(., '^[A-Za-z0-9-]+$')]"/>

  <!-- Labels by language and key: of all tables that are here. They are read when the stylesheet is
       compiled, not for each page. -->
  <xsl:variable name="vp:tables" static="yes" as="map(xs:string, map(xs:string, element(l:label)))"
    select="map:merge(uri-collection('.?select=labels.*xml') ! doc(.)/l:labels/l:language
      ! map:entry(string(@xml:lang), map:merge((l:label, doc('labels.xml')/l:labels/l:language[1]/l:label)
        ! map:entry(string(@key), .))))"/>

  <!-- The same, each taken apart: words, and the numbers of the values that stand between them. -->
  <xsl:variable name="vp:patterns" static="yes" as="map(xs:string, map(xs:string, item()*))"
    select="map:for-each($vp:tables, function($language, $labels) { map:entry($language,
      map:for-each($labels, function($key, $label) { map:entry($key, analyze-string($label, '\{([0-9])\}')/*
        ! (if (self::fn:match) then xs:integer(fn:group) else string(.))) }) => map:merge()) }) => map:merge()"/>

  <!-- The same, each as a string. -->
  <xsl:variable name="vp:strings" static="yes" as="map(xs:string, map(xs:string, xs:string))"
    select="map:for-each($vp:tables, function($language, $labels) { map:entry($language,
      map:for-each($labels, function($key, $label) { map:entry($key, string($label)) }) => map:merge()) }) => map:merge()"/>

  <!-- Labels of a table that is read as a document, by language and key. -->
  <xsl:key name="kp:labels" match="l:label" use="../@xml:lang || ' ' || @key"/>

  <!-- The language that the words are really in: the nearest one that there is. -->
  <xsl:variable name="v:language" as="xs:string" select="($vp:wanted, 'en')[map:contains($vp:tables, .)][1]"/>

  <!-- The words of that language, with the English ones for what it lacks. -->
  <xsl:variable name="vp:words" as="map(xs:string, element(l:label))" select="$vp:tables($v:language)"/>

  <!-- The words of that language as strings. -->
  <xsl:variable name="vp:texts" as="map(xs:string, xs:string)" select="$vp:strings($v:language)"/>

  <!-- The words of that language, taken apart. -->
  <xsl:variable name="vp:parts" as="map(xs:string, item()*)" select="$vp:patterns($v:language)"/>

  <!-- The entry of a key: in the language, else in English, else an error. -->
  <xsl:function name="fp:entry" as="element(l:label)">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="if (map:contains($vp:words, $key)) then $vp:words($key)
      else f:stop('D712', 'no word for ' || $key || ' in labels.xml', ())"/>
  </xsl:function>

  <!-- A text with {1}, {2} … filled in. -->
  <xsl:function name="fp:fill" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:analyze-string select="$text" regex="\{{([0-9])\}}">
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

  <!-- Whether the table has a word for a key. -->
  <xsl:function name="f:has-label" as="xs:boolean" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="map:contains($vp:words, $key)"/>
  </xsl:function>

  <!-- The word for a key. -->
  <xsl:function name="f:label" as="xs:string" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="($vp:texts($key), fp:entry($key))[1]"/>
  </xsl:function>

  <!-- The word for a key, with values filled in. -->
  <xsl:function name="f:label" as="xs:string" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:sequence select="string-join(for $part in if (map:contains($vp:parts, $key)) then $vp:parts($key) else fp:entry($key)
      return if ($part instance of xs:integer) then string($values[$part]) else $part)"/>
  </xsl:function>

  <!-- The first of several keys that has a word: from the particular to the general. -->
  <xsl:function name="f:first-label" as="xs:string" visibility="public">
    <xsl:param name="keys" as="xs:string+"/>
    <xsl:sequence select="f:label(($keys[f:has-label(.)], $keys[last()])[1])"/>
  </xsl:function>

  <!-- The word for a number of things; {1} is the number. -->
  <xsl:function name="f:count-label" as="xs:string" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:variable name="entry" as="element(l:label)" select="fp:entry($key)"/>
    <xsl:variable name="category" as="xs:string" select="fp:category($entry/../@plural, $number)"/>
    <xsl:variable name="form" as="element(l:form)"
      select="($entry/l:form[@n = $category], $entry/l:form[last()])[1]"/>
    <xsl:sequence select="fp:fill($form, $number)"/>
  </xsl:function>

  <!-- The plural category of a number, by the rule that a language names. -->
  <xsl:function name="fp:category" as="xs:string">
    <xsl:param name="rule" as="xs:string"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:variable name="unit" as="xs:integer" select="$number mod 10"/>
    <xsl:variable name="teen" as="xs:boolean" select="$number mod 100 = 11 to 14"/>
    <xsl:choose>
      <xsl:when test="$rule = 'one-other' and $number = 1">one</xsl:when>
      <xsl:when test="$rule = 'slavic' and $unit = 1 and not($teen)">one</xsl:when>
      <xsl:when test="$rule = 'slavic' and $unit = 2 to 4 and not($teen)">few</xsl:when>
      <xsl:when test="$rule = 'slavic'">many</xsl:when>
      <xsl:otherwise>other</xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A date of the form 1956, 1956-01 or 1956-01-13 in words; anything else as it is. -->
  <xsl:function name="f:date" as="xs:string" visibility="public">
    <xsl:param name="iso" as="xs:string?"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($iso, '-')[matches(., '^[0-9]+$')]"/>
    <xsl:variable name="number" as="xs:string" select="if (count($parts) ge 2) then string(xs:integer($parts[2])) else ''"/>
    <xsl:variable name="month" as="xs:string" select="if (not($number = (1 to 12) ! string())) then ''
      else f:first-label((('month-alone.' || $number)[count($parts) = 2], 'month.' || $number))"/>
    <xsl:choose>
      <xsl:when test="count($parts) = 3 and $iso castable as xs:date">
        <xsl:sequence select="f:label('date.day', (xs:integer($parts[3]), $month, $parts[1]))"/>
      </xsl:when>
      <xsl:when test="count($parts) = 2 and $month">
        <xsl:sequence select="f:label('date.month', ('', $month, $parts[1]))"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="string($iso)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A TEI date in words, from its attributes; what stands in it when it has none. -->
  <xsl:function name="f:date-words" as="xs:string" visibility="public">
    <xsl:param name="date" as="element()"/>
    <xsl:variable name="from" as="xs:string?" select="($date/@from, $date/@notBefore)[1]"/>
    <xsl:variable name="to" as="xs:string?" select="($date/@to, $date/@notAfter)[1]"/>
    <xsl:sequence select="if ($date/@when) then f:date($date/@when)
      else if ($from and $to) then f:label('date.range', (f:date($from), f:date($to)))
      else if ($from) then f:label('date.after', f:date($from))
      else if ($to) then f:label('date.before', f:date($to))
      else normalize-space($date)"/>
  </xsl:function>

  <!-- Where a node stands, in words: "¶ 24", "note 3", "heading". -->
  <xsl:function name="f:place" as="xs:string" visibility="public">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="note" as="element()?" select="$node/ancestor-or-self::*[@p:note][1]"/>
    <xsl:variable name="unit" as="element()?" select="$node/ancestor-or-self::*[@p:unit][1]"/>
    <xsl:sequence select="if ($note/self::tei:note) then f:label('place.note', $note/@p:note)
      else if ($unit) then f:label('place.unit', $unit/@p:unit) else f:label('place.' || fp:part($node))"/>
  </xsl:function>

  <!-- The part of the document that a node outside all units stands in. -->
  <xsl:function name="fp:part" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="around" as="xs:string*" select="$node/ancestor-or-self::*/local-name()"/>
    <xsl:sequence select="
      if ($node/ancestor::tei:div/@type = 'bibliography') then 'bibliography'
      else if ($node/ancestor::tei:div/@type = 'abstract') then 'abstract'
      else if ($node/ancestor::tei:div/@type = $v:publishers-types) then 'publisher'
      else if ($around = ('closer', 'postscript')) then 'closing'
      else if ($around = ('opener', 'head', 'fw', 'titlePage') or fp:is-before-units($node)) then 'opening' else 'text'"/>
  </xsl:function>

  <!-- The units of a document, as one group. -->
  <xsl:key name="kp:units" match="*[@p:unit]" use="'all'"/>

  <!-- Whether a node outside all units stands before the first of them. -->
  <xsl:function name="fp:is-before-units" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="units" as="element()*" select="key('kp:units', 'all', root($node))"/>
    <xsl:sequence select="exists($units) and $node &lt;&lt; $units[1] and exists($units[last()] except $node//*)"/>
  </xsl:function>

  <!-- The anchor of the place where a node stands: its note, its unit, or the nearest part. -->
  <xsl:function name="f:place-anchor" as="xs:string" visibility="public">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="around" as="element()?"
      select="$node/ancestor-or-self::*[@p:unit or self::tei:note[@p:note]][1]"/>
    <xsl:sequence select="if ($around) then string($around/@p:anchor)
      else if ($node/ancestor::tei:div/@type = 'abstract') then 'abstract'
      else if ($node/ancestor::tei:div/@type = $v:publishers-types) then 'publisher'
      else if ($node/ancestor::tei:closer or $node/ancestor::tei:postscript) then 'end'
      else 'text'"/>
  </xsl:function>

  <!-- How much a gap or blank is, in words: "3–4 letters", "two pages"; nothing when not stated. -->
  <xsl:function name="f:extent" as="xs:string?" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="least" as="xs:string?" select="$element/@atLeast"/>
    <xsl:variable name="most" as="xs:string?" select="$element/@atMost"/>
    <xsl:variable name="number" as="xs:string?" select="($element/@quantity, $most, $least)[1]"/>
    <xsl:variable name="unit" as="xs:string" select="fp:unit($element/@unit, $number)"/>
    <xsl:sequence select="if ($element/@extent) then string($element/@extent)
      else if ($element/@quantity) then f:label('extent.exact', ($number, $unit))
      else if ($least and $most) then f:label('extent.range', ($least, $most, $unit))
      else if ($least) then f:label('extent.least', ($least, $unit))
      else if ($most) then f:label('extent.most', ($most, $unit)) else ()"/>
  </xsl:function>

  <!-- The word for a unit of extent, in the plural form that a number asks for. -->
  <xsl:function name="fp:unit" as="xs:string">
    <xsl:param name="unit" as="xs:string?"/>
    <xsl:param name="number" as="xs:string?"/>
    <xsl:variable name="key" as="xs:string" select="'unit.' || replace(($unit, 'char')[1], 's$', '')"/>
    <xsl:variable name="count" as="xs:integer"
      select="if ($number castable as xs:integer) then xs:integer($number) else 2"/>
    <xsl:sequence select="if (f:has-label($key)) then f:count-label($key, $count) else string($unit)"/>
  </xsl:function>
</xsl:stylesheet>
