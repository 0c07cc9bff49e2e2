<?xml version="1.0" encoding="UTF-8"?>
<!--
  The editorial apparatus, the signs in use, and the abbreviations of a document. Input: a prepared
  document. Output: elements of the record (namespace urn:diplomatic:print), with Typst in them.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:d="urn:diplomatic:print"
  xmlns:fp="urn:diplomatic:typst:apparatus:function"
  xmlns:vp="urn:diplomatic:typst:apparatus:variable"
  xmlns:p="urn:diplomatic:pass"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- Kinds of mark that the apparatus lists; the others explain themselves where they stand. -->
  <xsl:variable name="vp:listed" as="xs:string+" select="
    'gap', 'supplied', 'unclear', 'choice', 'sic', 'corr', 'orig', 'reg', 'add', 'del', 'subst', 'surplus',
    'damage', 'secl', 'restore'"/>

  <!-- Whether the apparatus has an entry for an element. -->
  <xsl:function name="f:has-entry" as="xs:boolean" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@p:kind = $vp:listed and not($element/abbr)"/>
  </xsl:function>

  <!-- What kind of choice an element is: by its first member. -->
  <xsl:function name="fp:qualifier" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string(($element/self::choice/local-name(*[1]), $element/@reason,
      $element/(self::add | self::del)[@resp] ! f:voice(.), 'ours'[f:is-ours($element)], '')[1])"/>
  </xsl:function>

  <!-- What is to be said of an element. -->
  <xsl:function name="fp:says" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="key" as="xs:string" select="'explain.' || $element/@p:kind"/>
    <xsl:variable name="members" as="xs:string*" select="$element/self::choice/* ! f:plain(node())"/>
    <xsl:variable name="said" as="xs:string" select="
      if ($element/@p:kind = 'gap') then f:gap-words($element)
      else f:label(($key || '.' || fp:qualifier($element), $key || '.ours'[f:is-ours($element)], $key)
        [f:has-label(.)][1], $members)"/>
    <xsl:variable name="certainty" as="xs:string?" select="($element/@cert, $element/*/@cert)[1]"/>
    <xsl:sequence select="string-join(($said,
      $certainty ! f:label('app.certainty', f:first-label(('cert.' || ., 'cert.unknown')))), ' ')"/>
  </xsl:function>

  <!-- The words of the text that an entry is about. -->
  <xsl:function name="fp:lemma" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="words" as="xs:string" select="
      f:plain(if ($element/self::choice) then $element/*[1]/node() else $element/node()[not(self::desc)])"/>
    <xsl:sequence select="if ($element/@p:kind = 'gap') then '·&#xa0;·&#xa0;·'
      else if (string-length($words) le 60) then $words
      else replace($words, '^(\S+ \S+ \S+).*?(\S+ \S+)$', '$1 … $2')"/>
  </xsl:function>

  <!-- The entries of a document: those whose place is on the page. -->
  <xsl:template match="TEI" mode="m:entries" as="element(d:entry)*">
    <xsl:param name="spots" as="xs:string*"/>
    <xsl:for-each select="text//*[@p:mark][f:has-entry(.)][f:destination(@p:anchor, .) = $spots]">
      <xsl:variable name="lemma" as="xs:string" select="fp:lemma(.)"/>
      <d:entry>{f:line(f:call('apparatus-entry', ('lines', f:string(f:destination(@p:anchor, .)), f:string(f:place(.)),
        if ($lemma = '') then 'none' else f:words($lemma), f:words(fp:says(.)),
        f:string(f:word('apparatus.page')),
        f:named('line-word', f:string(f:word('apparatus.line')))[not(current()/ancestor::note[@p:note])])), .)}</d:entry>
    </xsl:for-each>
  </xsl:template>

  <!-- Makes the entries of a document. -->
  <xsl:mode name="m:entries" on-no-match="fail" on-multiple-match="fail"/>

  <!-- The signs that a document uses, by key. -->
  <xsl:function name="f:signs-used" as="xs:string*" visibility="public">
    <xsl:param name="root" as="element()"/>
    <xsl:variable name="kinds" as="xs:string*" select="
      $root//*[@p:kind] ! (if (self::supplied and f:is-ours(.)) then 'supplied.ours' else string(@p:kind)),
      'sic'[$root//note[@p:part-of]], 'letter'[$root//@p:letter], 'note'[$root//note/@p:note], 'paragraph'[$root//@p:unit]"/>
    <xsl:sequence select="distinct-values($kinds)[f:has-word('sign.' || .)]"/>
  </xsl:function>

  <!-- The abbreviations that this edition writes out, each once. -->
  <xsl:template match="TEI" mode="m:abbreviations" as="element(d:abbreviation)*">
    <xsl:for-each-group select="text//choice[abbr and expan[f:is-ours(.)]]" composite="yes"
      group-by="f:plain(abbr[1]/node()), f:plain(expan[1]/node())">
      <d:abbreviation short="{current-grouping-key()[1]}" long="{current-grouping-key()[2]}"/>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Gathers the abbreviations of a document. -->
  <xsl:mode name="m:abbreviations" on-no-match="fail" on-multiple-match="fail"/>
</xsl:stylesheet>
