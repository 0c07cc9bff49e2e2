<?xml version="1.0" encoding="UTF-8"?>
<!--
  Lists of all kinds. Input: prepared TEI list, listBibl. Output: HTML lists. A label of the
  transcript ("1.", "1 -", "a)") stays a word of the item, so that copying keeps it.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:p="urn:diplomatic:pass"
  xmlns:fp="urn:diplomatic:html-lists:function"
  exclude-result-prefixes="#all">

  <!-- A list: its heading, then its items. -->
  <xsl:template match="tei:list | tei:listBibl" mode="m:html" as="element()">
    <div class="{f:classes(., local-name())}">
      <xsl:call-template name="t:common"/>
      <xsl:apply-templates select="tei:head" mode="m:html"/>
      <xsl:element name="{if (f:rend(., 'numbered') or @type = 'ordered') then 'ol' else 'ul'}">
        <xsl:attribute name="class" select="if (tei:label or */@n) then 'labelled' else 'plain'"/>
        <xsl:apply-templates select="node() except tei:head" mode="m:html"/>
      </xsl:element>
    </div>
  </xsl:template>

  <!-- The label that a list item has: the one before it, or its number. -->
  <xsl:function name="fp:label" as="node()?">
    <xsl:param name="item" as="element()"/>
    <xsl:sequence select="($item/self::tei:item/preceding-sibling::*[1]/self::tei:label, $item/@n)[1]"/>
  </xsl:function>

  <!-- An item of one paragraph with a number of its own. -->
  <xsl:template match="tei:item[@p:unit]" mode="m:html" as="element(li)" priority="1">
    <li>
      <xsl:call-template name="t:unit"/>
    </li>
  </xsl:template>

  <!-- An item. -->
  <xsl:template match="tei:item | tei:listBibl/tei:bibl | tei:listBibl/tei:biblStruct
    | tei:listBibl/tei:biblFull" mode="m:html" as="element(li)" priority="0.7">
    <li class="{f:classes(., local-name())}">
      <xsl:call-template name="t:common"/>
      <xsl:apply-templates select="." mode="m:lead"/>
      <xsl:call-template name="t:children"/>
    </li>
  </xsl:template>

  <!-- Before the words of an item, or of the block that it begins with: its label. -->
  <xsl:template mode="m:lead" as="node()*" match="tei:item[not(*[1][self::tei:p or self::tei:ab]
    [not(preceding-sibling::text()[normalize-space()])])] | tei:listBibl/*[@n]">
    <xsl:apply-templates select="fp:label(.)" mode="m:label"/>
  </xsl:template>

  <!-- Before the first block of an item: the label of the item. -->
  <xsl:template mode="m:lead" as="node()*" match="tei:item/*[1][self::tei:p or self::tei:ab]
    [not(preceding-sibling::text()[normalize-space()])]">
    <xsl:apply-templates select="fp:label(..)" mode="m:label"/>
  </xsl:template>

  <!-- A label where it is set. -->
  <xsl:mode name="m:label" on-no-match="fail" on-multiple-match="use-last"/>

  <!-- A label that is an element. -->
  <xsl:template match="tei:label" mode="m:label" as="node()*">
    <span class="lbl">
      <xsl:apply-templates mode="m:html"/>
    </span>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- A label that is a number or sign in @n. -->
  <xsl:template match="@n" mode="m:label" as="node()*">
    <span class="lbl"><xsl:value-of select="."/></span>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- A label before an item is set with the item. -->
  <xsl:template match="tei:list/tei:label[following-sibling::*[1][self::tei:item]]" mode="m:html"
    as="empty-sequence()" priority="1"/>

  <!-- Anything else in a list still has its place in it. -->
  <xsl:template mode="m:html" as="element()*" priority="12"
    match="*[parent::tei:list or parent::tei:listBibl][not(self::tei:item or self::tei:head or self::tei:label
      or self::tei:bibl or self::tei:biblStruct or self::tei:biblFull)]">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$live">
        <li class="loose">
          <xsl:next-match/>
        </li>
      </xsl:when>
      <xsl:otherwise>
        <xsl:next-match/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A label without an item. -->
  <xsl:template match="tei:list/tei:label" mode="m:html" as="element(li)" priority="0.7">
    <li class="loose">
      <xsl:apply-templates select="." mode="m:label"/>
    </li>
  </xsl:template>
</xsl:stylesheet>
