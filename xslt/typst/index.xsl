<?xml version="1.0" encoding="UTF-8"?>
<!--
  The index of persons, places and organisations. Input: the records of all documents and the
  index files, in a d:volume. Output: lines of Typst, sorted by the Unicode collation algorithm;
  the pages themselves are Typst's.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:d="urn:diplomatic:print"
  xmlns:fp="urn:diplomatic:typst:index:function"
  xmlns:kp="urn:diplomatic:typst:index:key"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- Mentions, by the id of what they name. -->
  <xsl:key name="kp:mentions" match="d:mention" use="@ref"/>

  <!-- The lines of one index; nothing when none of its entries is mentioned. -->
  <xsl:mode name="m:index" on-no-match="fail" on-multiple-match="fail"/>
  <!-- One index: its heading and its entries. -->
  <xsl:template match="d:index" mode="m:index" as="xs:string*">
    <xsl:variable name="named" as="element()*"
      select=".//(person | place | org)[exists(key('kp:mentions', @xml:id))]"/>
    <xsl:variable name="entries" as="xs:string*">
      <xsl:for-each select="$named">
        <xsl:sort select="fp:name(.)"
          collation="http://www.w3.org/2013/collation/UCA?lang={$interface-language};strength=tertiary"/>
        <xsl:sequence select="fp:entry(.)"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="exists($entries)">
      <xsl:sequence select="f:line(f:call('subheading', f:words(f:word('index.' || @name))), .)"/>
      <xsl:sequence select="f:line(f:call('index-columns', f:array($entries ! ('{ ' || . || '}'))), .)"/>
    </xsl:if>
  </xsl:template>

  <!-- The name by which an entry is listed: the one marked for it, or the first. -->
  <xsl:function name="fp:name" as="xs:string">
    <xsl:param name="entity" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$entity/(persName | placeName | orgName)"/>
    <xsl:variable name="chosen" as="element()?" select="($names[@type = ('heading', 'index', 'main')],
      $names[not(@xml:lang) or @xml:lang = $interface-language], $names)[1]"/>
    <xsl:sequence select="if ($chosen/surname)
      then string-join(($chosen/surname[1], string-join($chosen/(forename | addName | genName), ' ')[. ne ''])
        ! normalize-space(), ', ')
      else normalize-space($chosen)"/>
  </xsl:function>

  <!-- A short name is not divided. -->
  <xsl:function name="fp:unbroken" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="if (string-length(normalize-space($name)) lt 24) then f:call('box', $words) else $words"/>
  </xsl:function>

  <!-- One entry: name, forms in other scripts, pages. -->
  <xsl:function name="fp:entry" as="xs:string">
    <xsl:param name="entity" as="element()"/>
    <xsl:variable name="others" as="element()*" select="$entity/(persName | placeName | orgName)
      [@xml:lang and not(@xml:lang = $interface-language) and not(contains(@xml:lang, 'Latn'))]"/>
    <xsl:variable name="detail" as="xs:string*" select="
      for $n in 1 to count($others) return (f:text(', ')[$n gt 1], fp:unbroken($others[$n],
        f:in-language($others[$n]/@xml:lang, f:words(normalize-space($others[$n])), f:direction($interface-language))))"/>
    <xsl:variable name="mentions" as="element(d:mention)*" select="key('kp:mentions', $entity/@xml:id, root($entity))"/>
    <xsl:variable name="subs" as="xs:string*">
      <xsl:for-each-group select="$mentions[@role ne '']" group-by="@role">
        <xsl:sort select="f:word('index.as.' || current-grouping-key())" lang="{$interface-language}"/>
        <xsl:sequence select="f:array((f:words(f:word('index.as.' || current-grouping-key())), fp:places(current-group())))"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="f:line(f:call('index-entry', (f:words(fp:name($entity)),
      if (exists($detail)) then f:body($detail) else 'none', fp:places($mentions[@role = '']),
      f:named('subs', f:array($subs))[exists($subs)])), $entity)"/>
  </xsl:function>

  <!-- The places of mentions: label, and whether in a note. -->
  <xsl:function name="fp:places" as="xs:string">
    <xsl:param name="mentions" as="element(d:mention)*"/>
    <xsl:sequence select="f:array($mentions ! ('(' || f:string(@label) || ', ' || @note || ')'))"/>
  </xsl:function>
</xsl:stylesheet>
