<?xml version="1.0" encoding="UTF-8"?>
<!--
  The source page of a document, beside the page of its text: row by row, the text, the lines of the
  transcript that it came from, and its TEI. The last two are texts as they stand, and nothing is
  rendered of them: `diplomatic.publish.source_page` says which elements make rows and puts rows,
  lines and TEI together. Input: a prepared TEI document, its record, and in $source-elements the
  elements that make rows, in their order, by their place among those of the text that have
  @source="line:…". Output, with processing instructions for what is open, whose name is $mark so that
  no word of a document can be taken for one, and that say:
    row: then a row as a pattern, with U+E000 for its id; between two of anchor what is there for
      each anchor more, U+E000; text: where its text goes; between two of lines the list of its
      lines, and in it, between two of line, a line, with U+E000 for its number, U+E001 for the number
      before, U+E002 for its words; tei: where its TEI goes;
    page: then the page, with element before each element, which is its anchor, if it has one, text,
      and its text; end: after all of them; rest: for the lines without a row.
  Rows have the ids of the units of the text's page, lines have L and their number.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:p="urn:diplomatic:pass"
  xmlns:tp="urn:diplomatic:html-source:template"
  exclude-result-prefixes="#all">

  <!-- The page of a document's source, made of the document's record and the document. -->
  <xsl:mode name="m:source-page" on-no-match="fail" on-multiple-match="fail"/>

  <!-- A row, and the page. -->
  <xsl:template match="tei:TEI" mode="m:source-page" as="node()+">
    <xsl:variable name="self" as="element()" select="$edition/e:edition/e:document[@self = 'true']"/>
    <xsl:processing-instruction name="{$mark}" select="'row'"/>
    <xsl:apply-templates select="$self" mode="m:source-row"/>
    <xsl:processing-instruction name="{$mark}" select="'page'"/>
    <xsl:apply-templates select="$self" mode="m:source-page">
      <xsl:with-param name="document" select="." tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- The page. -->
  <xsl:template match="e:document" mode="m:source-page" as="element(html)">
    <xsl:param name="document" as="element(tei:TEI)" tunnel="yes" required="yes"/>
    <xsl:call-template name="t:page">
      <xsl:with-param name="edition" select=".." tunnel="yes"/>
      <xsl:with-param name="title" select="f:label('source.page', f:document-title($document))"/>
      <xsl:with-param name="current" select="'documents'"/>
      <xsl:with-param name="metadata" as="node()*">
        <meta name="robots" content="noindex"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What is on it. -->
  <xsl:template match="e:document" mode="m:main" as="element()+">
    <xsl:param name="document" as="element(tei:TEI)" tunnel="yes" required="yes"/>
    <header class="dochead">
      <p class="kicker"><span><xsl:value-of select="f:label('source.title')"/></span></p>
      <h1><a href="{@id}.html"><xsl:value-of select="f:document-title($document)"/></a></h1>
      <p class="abstract"><xsl:value-of select="f:label('source.lead')"/></p>
    </header>
    <xsl:call-template name="tp:bar"/>
    <div class="rows as-dip">
      <xsl:attribute name="lang" select="($document/tei:text/@xml:lang, $document/@xml:lang, $v:language)[1]"/>
      <xsl:call-template name="tp:elements"/>
    </div>
    <xsl:if test="$lines-left">
      <section class="after" id="metadata">
        <h2><xsl:value-of select="f:label('source.metadata')"/></h2>
        <p class="lead"><xsl:value-of select="f:label('source.metadata-lead')"/></p>
        <xsl:processing-instruction name="{$mark}" select="'rest'"/>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- The bar: the other views are on the page of the text. -->
  <xsl:template name="tp:bar" as="element(div)">
    <xsl:context-item as="element(e:document)" use="required"/>
    <div class="bar">
      <nav class="seg" aria-label="{f:label('view.legend')}">
        <a href="{@id}.html"><xsl:value-of select="f:label('source.text')"/></a>
        <a href="{@source}" aria-current="page"><xsl:value-of select="f:label('view.source')"/></a>
      </nav>
      <ul class="acts">
        <li><a href="{@text}" download=""><xsl:value-of select="f:label('download.text')"/></a></li>
        <li><a href="{@tei}" download=""><xsl:value-of select="f:label('download.tei')"/></a></li>
      </ul>
    </div>
  </xsl:template>

  <!-- A row as a pattern. -->
  <xsl:mode name="m:source-row" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Text, lines of the transcript, each with its number as a link to it, TEI. -->
  <xsl:template match="e:document" mode="m:source-row" as="element()">
    <div class="row" id="&#xE000;">
      <div class="row-text">
        <xsl:processing-instruction name="{$mark}" select="'anchor'"/>
        <span id="&#xE000;"/>
        <xsl:processing-instruction name="{$mark}" select="'anchor'"/>
        <xsl:processing-instruction name="{$mark}" select="'text'"/>
      </div>
      <xsl:processing-instruction name="{$mark}" select="'lines'"/>
      <ul class="lines">
        <xsl:processing-instruction name="{$mark}" select="'line'"/>
        <li id="L&#xE000;">
          <a href="{@text}#line=&#xE001;,&#xE000;" aria-label="{f:label('source.line', '&#xE000;')}">&#xE000;</a>
          <span class="ln">&#xE002;</span>
        </li>
        <xsl:processing-instruction name="{$mark}" select="'line'"/>
      </ul>
      <xsl:processing-instruction name="{$mark}" select="'lines'"/>
      <pre class="row-tei" lang="zxx"><code><xsl:processing-instruction name="{$mark}" select="'tei'"/></code></pre>
    </div>
  </xsl:template>

  <!-- The elements that make rows: anchor and text. -->
  <xsl:template name="tp:elements" as="node()+">
    <xsl:param name="document" as="element(tei:TEI)" tunnel="yes" required="yes"/>
    <xsl:variable name="sourced" as="element()*"
      select="$document/tei:text/descendant-or-self::*[starts-with(@source, 'line:')]"/>
    <xsl:for-each select="for $place in tokenize($source-elements) return $sourced[xs:integer($place)]">
      <xsl:processing-instruction name="{$mark}" select="'element'"/>
      <xsl:value-of select="@p:anchor[not(../@p:mark)]"/>
      <xsl:processing-instruction name="{$mark}" select="'text'"/>
      <xsl:apply-templates select="." mode="m:row-text">
        <xsl:with-param name="live" select="false()" tunnel="yes"/>
        <xsl:with-param name="in-link" select="true()" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:for-each>
    <xsl:processing-instruction name="{$mark}" select="'end'"/>
  </xsl:template>

  <!-- The text of a row: as on the page of the text, without links. -->
  <xsl:mode name="m:row-text" on-no-match="fail" on-multiple-match="use-last"/>

  <!-- Most elements. -->
  <xsl:template match="*" mode="m:row-text" as="element(div)">
    <div class="text">
      <xsl:apply-templates select="." mode="m:html"/>
    </div>
  </xsl:template>

  <!-- A note is not where it is referred to, but in a row of its own. -->
  <xsl:template match="tei:note[@p:note]" mode="m:row-text" as="element(div)">
    <div class="text">
      <xsl:apply-templates mode="m:html"/>
    </div>
  </xsl:template>

  <!-- An item, label or entry of a list is set without its list. -->
  <xsl:template match="tei:item | tei:listBibl/* | tei:list/tei:label" mode="m:row-text" as="element(div)">
    <div class="text">
      <xsl:apply-templates select="." mode="m:lead"/>
      <xsl:apply-templates mode="m:html"/>
    </div>
  </xsl:template>

  <!-- A row or cell of a table: its words, apart. -->
  <xsl:template match="tei:row | tei:cell" mode="m:row-text" as="element(div)">
    <div class="text">
      <xsl:for-each select="self::tei:cell, tei:cell">
        <span class="cell"><xsl:apply-templates mode="m:html"/></span>
        <xsl:text> </xsl:text>
      </xsl:for-each>
    </div>
  </xsl:template>
</xsl:stylesheet>
