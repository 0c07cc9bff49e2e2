<?xml version="1.0" encoding="UTF-8"?>
<!--
  The source page of a document, beside the page of its text: row by row, the text, the lines of the
  transcript that it came from, and its TEI. The last two are texts as they stand, and nothing is
  rendered of them: `diplomatic.publish.source_page` says which elements make rows and puts lines and
  TEI in. Input: a prepared TEI document, its record, and in $rows for each row "LINE ELEMENT ELEMENT
  …|": its first line, and its elements by their place among those of the text that have
  @source="line:…"; "rest" at the end if lines are left that have no row. Output: a pattern, and the
  page with its places open, as processing instructions:
    <?lines?> then what stands in a row beside its text: <?line?> is before and after what is there
      for each line, with U+E000 where its number goes, U+E001 for the number before, U+E002 for its
      words; <?tei?> is before what holds the TEI, and where that goes;
    <?page?> then the page, with <?row?> where lines and TEI of the next row go, in the end lines alone.
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

  <!-- What stands in a row, and the page. -->
  <xsl:template match="tei:TEI" mode="m:source-page" as="node()+">
    <xsl:variable name="self" as="element()" select="$edition/e:edition/e:document[@self = 'true']"/>
    <xsl:processing-instruction name="lines"/>
    <xsl:apply-templates select="$self" mode="m:source-lines"/>
    <xsl:processing-instruction name="page"/>
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
      <xsl:variable name="sourced" as="element()*"
        select="$document/tei:text/descendant-or-self::*[starts-with(@source, 'line:')]"/>
      <xsl:for-each select="tokenize($rows, '\|')[. ne 'rest']">
        <xsl:variable name="numbers" as="xs:integer+" select="tokenize(.) ! xs:integer(.)"/>
        <xsl:call-template name="tp:row">
          <xsl:with-param name="start" select="$numbers[1]"/>
          <xsl:with-param name="elements" select="for $number in tail($numbers) return $sourced[$number]"/>
        </xsl:call-template>
      </xsl:for-each>
    </div>
    <xsl:if test="ends-with($rows, 'rest')">
      <section class="after" id="metadata">
        <h2><xsl:value-of select="f:label('source.metadata')"/></h2>
        <p class="lead"><xsl:value-of select="f:label('source.metadata-lead')"/></p>
        <xsl:processing-instruction name="row"/>
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

  <!-- A row: text, lines, TEI. -->
  <xsl:template name="tp:row" as="element(section)">
    <xsl:param name="start" as="xs:integer" required="yes"/>
    <xsl:param name="elements" as="element()+" required="yes"/>
    <xsl:variable name="anchors" as="xs:string*" select="$elements[not(@p:mark)]/@p:anchor ! string()"/>
    <section class="row" id="{($anchors, 'row-' || $start)[1]}">
      <xsl:attribute name="aria-label" select="f:label('source.line', $start)"/>
      <div class="row-text">
        <xsl:for-each select="$anchors[position() gt 1]">
          <span id="{.}"/>
        </xsl:for-each>
        <xsl:apply-templates select="$elements" mode="m:row-text">
          <xsl:with-param name="live" select="false()" tunnel="yes"/>
          <xsl:with-param name="in-link" select="true()" tunnel="yes"/>
        </xsl:apply-templates>
      </div>
      <xsl:processing-instruction name="row"/>
    </section>
  </xsl:template>

  <!-- What stands in a row beside its text. -->
  <xsl:mode name="m:source-lines" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Lines of the transcript, each with its number as a link to it; the TEI. -->
  <xsl:template match="e:document" mode="m:source-lines" as="node()+">
    <ul class="lines">
      <xsl:processing-instruction name="line"/>
      <li id="L&#xE000;">
        <a href="{@text}#line=&#xE001;,&#xE000;" aria-label="{f:label('source.line', '&#xE000;')}">&#xE000;</a>
        <span class="ln">&#xE002;</span>
      </li>
      <xsl:processing-instruction name="line"/>
    </ul>
    <xsl:processing-instruction name="tei"/>
    <pre class="row-tei" lang="zxx"><code><xsl:processing-instruction name="tei"/></code></pre>
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
