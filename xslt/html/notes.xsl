<?xml version="1.0" encoding="UTF-8"?>
<!--
  Notes under a mark, and the marks. Input: prepared TEI (pass 30). Output: each note once: beside
  or below the unit that first refers to it, tied both ways; a note without a mark after the text.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:p="urn:diplomatic:pass"
  xmlns:fp="urn:diplomatic:html-notes:function"
  xmlns:tp="urn:diplomatic:html-notes:template"
  xmlns:kp="urn:diplomatic:html-notes:key"
  exclude-result-prefixes="#all">

  <!-- The elements that bear an anchor, by anchor. -->
  <xsl:key name="kp:anchored" match="*[@p:anchor]" use="@p:anchor"/>
  <!-- Notes, by the block that they are set below. -->
  <xsl:key name="kp:notes" match="tei:note[@p:note]" use="fp:host(.) ! generate-id()"/>

  <!-- The block below which a note is set: the unit of its first reference, else the block that
       stands in a division; nothing when nothing of the text refers to it. -->
  <xsl:function name="fp:host" as="element()?">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:variable name="first" as="xs:string?" select="f:tokens($note/@p:refs)[1]"/>
    <xsl:variable name="reference" as="element()?"
      select="if ($note/@p:in-place) then $note else $first ! key('kp:anchored', ., root($note))[1]"/>
    <xsl:variable name="around" as="element()*"
      select="$reference/ancestor::*[not($reference/ancestor::tei:note[not(. is $note)])]"/>
    <xsl:sequence select="($around[@p:unit][last()], $around[fp:is-container(..)][last()])[1]"/>
  </xsl:function>

  <!-- Whether an element is rendered child by child (t:children). -->
  <xsl:function name="fp:is-container" as="xs:boolean">
    <xsl:param name="element" as="node()?"/>
    <xsl:sequence select="exists($element/(self::tei:div | self::tei:div1 | self::tei:div2 | self::tei:div3
      | self::tei:div4 | self::tei:body | self::tei:front | self::tei:back | self::tei:postscript
      | self::tei:opener | self::tei:closer | self::tei:sp | self::tei:floatingText | self::tei:item))"/>
  </xsl:function>

  <!-- The notes of a unit. -->
  <xsl:mode name="m:notes-of-unit" on-no-match="deep-skip" on-multiple-match="fail"/>
  <!-- The notes below a block that is no unit. -->
  <xsl:mode name="m:notes-below" on-no-match="deep-skip" on-multiple-match="fail"/>
  <!-- A note itself, where it is to be set. -->
  <xsl:mode name="m:note" on-no-match="fail" on-multiple-match="use-last"/>

  <!-- A unit has its notes within it. -->
  <xsl:template match="*[@p:unit]" mode="m:notes-of-unit" as="element(aside)*">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:apply-templates select="key('kp:notes', generate-id())[$live]" mode="m:note"/>
  </xsl:template>

  <!-- Another block has them after it. -->
  <xsl:template match="*[not(@p:unit)]" mode="m:notes-below" as="element(aside)*">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:apply-templates select="key('kp:notes', generate-id())[$live]" mode="m:note"/>
  </xsl:template>

  <!-- A note: its label leads back to the text. -->
  <xsl:template match="tei:note" mode="m:note" as="element(aside)">
    <aside id="{@p:anchor}" role="note" aria-label="{f:label('text.note', @p:note)}">
      <xsl:attribute name="class" separator=" " select="f:classes(., ('note', 'ours'[f:is-ours(current())]))"/>
      <xsl:apply-templates select="@xml:lang" mode="m:html"/>
      <xsl:call-template name="tp:back-links"/>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="node() except fp:label(.)" mode="m:html">
        <xsl:with-param name="live" select="true()" tunnel="yes"/>
        <xsl:with-param name="in-link" select="false()" tunnel="yes"/>
      </xsl:apply-templates>
    </aside>
  </xsl:template>

  <!-- The element that is a note's label. -->
  <xsl:function name="fp:label" as="element()?">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="$note/(tei:seg[@type = 'label'] | tei:label)[1]"/>
  </xsl:function>

  <!-- The label of a note, as a link to its first reference; one more link for each other one. -->
  <xsl:template name="tp:back-links" as="node()*">
    <xsl:variable name="references" as="xs:string*" select="f:tokens(@p:refs)"/>
    <xsl:variable name="label" as="xs:string" select="string((fp:label(.), @p:note)[1])"/>
    <xsl:choose>
      <xsl:when test="exists($references)">
        <a class="back" href="#{$references[1]}">
          <xsl:value-of select="$label"/>
          <span class="vh"><xsl:value-of select="f:label('text.to-text')"/></span>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <span class="back"><xsl:value-of select="$label"/></span>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:for-each select="$references[position() gt 1]">
      <xsl:text> </xsl:text>
      <a class="back" href="#{.}" aria-label="{f:label('text.to-reference', position() + 1)}">
        <xsl:value-of select="'↑' || position() + 1"/>
      </a>
    </xsl:for-each>
  </xsl:template>

  <!-- A note where it stands: only its mark is set there. -->
  <xsl:template match="tei:note[@p:in-place]" mode="m:html" as="element()" priority="2">
    <xsl:call-template name="tp:mark">
      <xsl:with-param name="id" select="@p:refs"/>
      <xsl:with-param name="target" select="@p:anchor"/>
      <xsl:with-param name="label" as="text()">
        <xsl:value-of select="@p:note"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A note of the note list is set where it is referred to; one without a mark, after the text. -->
  <xsl:template match="tei:note[@p:note]" mode="m:html" as="empty-sequence()" priority="1"/>

  <!-- A reference to a note. -->
  <xsl:template match="tei:ref[@p:note] | tei:ptr[@p:note]" mode="m:html" as="element()" priority="1">
    <xsl:if test="@target and not(@p:target)">
      <xsl:call-template name="t:report">
        <xsl:with-param name="code" select="'D713'"/>
        <xsl:with-param name="words" select="'a mark of a note that is not there: ' || @target"/>
        <xsl:with-param name="node" select="."/>
      </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="tp:mark">
      <xsl:with-param name="id" select="@p:anchor"/>
      <xsl:with-param name="target" select="@p:target"/>
      <xsl:with-param name="label" as="node()*">
        <xsl:apply-templates select="if (node()) then node() else @p:note" mode="m:mark-text"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A mark that leads to a note; without one, only the mark. -->
  <xsl:template name="tp:mark" as="element()">
    <xsl:param name="id" as="xs:string" required="yes"/>
    <xsl:param name="target" as="xs:string?" required="yes"/>
    <xsl:param name="label" as="node()*" required="yes"/>
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$live and $target">
        <a class="fnref" id="{$id}" href="#{$target}" role="doc-noteref">
          <span class="vh"><xsl:value-of select="f:label('text.note-mark')"/>&#160;</span>
          <xsl:sequence select="$label"/>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <span class="fnref">
          <xsl:sequence select="if ($live) then f:id($id) else ()"/>
          <xsl:sequence select="$label"/>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An id attribute. -->
  <xsl:function name="f:id" as="attribute(id)">
    <xsl:param name="id" as="xs:string"/>
    <xsl:attribute name="id" select="$id"/>
  </xsl:function>

  <!-- The words of a mark: brackets can be hidden, the label cannot. -->
  <xsl:mode name="m:mark-text" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <!-- The label that a reference has where it has no words. -->
  <xsl:template match="@p:note" mode="m:mark-text" as="text()">
    <xsl:value-of select="."/>
  </xsl:template>

  <!-- Words of a reference. -->
  <xsl:template match="text()" mode="m:mark-text" as="node()*">
    <xsl:analyze-string select="." regex="[\[\]()]+">
      <xsl:matching-substring>
        <span class="sgn"><xsl:value-of select="."/></span>
      </xsl:matching-substring>
      <xsl:non-matching-substring>
        <xsl:value-of select="."/>
      </xsl:non-matching-substring>
    </xsl:analyze-string>
  </xsl:template>

  <!-- Notes that nothing in the text refers to. -->
  <xsl:template name="t:stray-notes" as="element(section)?">
    <xsl:context-item as="element(tei:TEI)" use="required"/>
    <xsl:variable name="stray" as="element(tei:note)*"
      select="tei:text//tei:note[@p:note][empty(fp:host(.))]"/>
    <xsl:variable name="around" as="node()*" select="tei:text/tei:back/tei:div[@type = 'notes']
      /(node() except tei:note)[normalize-space()]"/>
    <xsl:if test="$stray or $around">
      <section class="stray" id="notes">
        <h2 class="eh"><xsl:value-of select="f:label('text.notes')"/></h2>
        <xsl:apply-templates select="$around" mode="m:html"/>
        <xsl:apply-templates select="$stray" mode="m:note"/>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
