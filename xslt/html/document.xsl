<?xml version="1.0" encoding="UTF-8"?>
<!--
  The page of a document. Input: a prepared TEI document. Output: the whole page: head, bar, text
  with rail, apparatus, names, citation, downloads, rights, pager.
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
  xmlns:fp="urn:diplomatic:html-document:function"
  xmlns:tp="urn:diplomatic:html-document:template"
  exclude-result-prefixes="#all">

  <!-- The page of a document. -->
  <xsl:mode name="m:document-page" on-no-match="fail" on-multiple-match="fail"/>

  <!-- The page. -->
  <xsl:template match="tei:TEI" mode="m:document-page" as="element(html)">
    <xsl:call-template name="t:page">
      <xsl:with-param name="edition" select="$edition/e:edition" tunnel="yes"/>
      <xsl:with-param name="title" select="f:document-title(.)"/>
      <xsl:with-param name="current" select="'documents'"/>
      <xsl:with-param name="metadata" as="node()*">
        <xsl:call-template name="t:metadata"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What is on it. -->
  <xsl:template match="tei:TEI" mode="m:main" as="element()+">
    <xsl:call-template name="t:document-head"/>
    <xsl:call-template name="tp:bar"/>
    <div class="cols">
      <xsl:call-template name="tp:text"/>
      <xsl:call-template name="tp:rail"/>
    </div>
    <xsl:call-template name="tp:beside"/>
    <xsl:call-template name="t:apparatus"/>
    <xsl:call-template name="t:names"/>
    <xsl:call-template name="t:closing-sections"/>
  </xsl:template>

  <!-- The bar: views, and ways to the key, citation and downloads. -->
  <xsl:template name="tp:bar" as="element(div)">
    <div class="bar">
      <fieldset class="seg">
        <legend class="vh"><xsl:value-of select="f:label('view.legend')"/></legend>
        <input type="radio" name="view" id="v-read" checked="checked"/>
        <label for="v-read"><xsl:value-of select="f:label('view.reading')"/></label>
        <input type="radio" name="view" id="v-dip"/>
        <label for="v-dip"><xsl:value-of select="f:label('view.diplomatic')"/></label>
        <xsl:for-each select="$edition/e:edition/e:document[@self = 'true']/@source">
          <a href="{.}"><xsl:value-of select="f:label('view.source')"/></a>
        </xsl:for-each>
      </fieldset>
      <ul class="acts">
        <xsl:if test="tei:text//*[@p:mark]">
          <li><a href="#key"><xsl:value-of select="f:label('bar.key')"/></a></li>
        </xsl:if>
        <li><a href="#cite"><xsl:value-of select="f:label('bar.cite')"/></a></li>
        <li class="wide"><a href="#download"><xsl:value-of select="f:label('bar.download')"/></a></li>
      </ul>
    </div>
  </xsl:template>

  <!-- The text. -->
  <xsl:template name="tp:text" as="element(article)">
    <article class="text" id="text" tabindex="-1" aria-labelledby="h-text">
      <xsl:attribute name="lang" select="(tei:text/@xml:lang, @xml:lang, $v:language)[1]"/>
      <xsl:if test="f:direction((tei:text/@xml:lang, @xml:lang)[1]) = 'rtl'">
        <xsl:attribute name="dir" select="'rtl'"/>
      </xsl:if>
      <xsl:if test="$edition/e:edition/e:page[@name = 'search']">
        <xsl:attribute name="data-pagefind-body"/>
        <xsl:attribute name="data-copy" select="f:label('text.copy')"/>
        <xsl:attribute name="data-copied" select="f:label('text.copied')"/>
      </xsl:if>
      <h2 class="vh" id="h-text" lang="{$v:language}"><xsl:value-of select="f:label('text.label')"/></h2>
      <xsl:apply-templates select="tei:text" mode="m:html">
        <xsl:with-param name="has-notes" select="exists(tei:text//tei:note[@p:note])" tunnel="yes"/>
      </xsl:apply-templates>
      <xsl:call-template name="t:stray-notes"/>
      <xsl:call-template name="tp:publisher"/>
    </article>
  </xsl:template>

  <!-- What other people's TEI has beside its text: lists and annotations, pictures, the page as written. -->
  <xsl:template name="tp:beside" as="element(section)?">
    <xsl:variable name="beside" as="element()*"
      select="(tei:standOff, tei:facsimile, tei:sourceDoc)[normalize-space() or .//tei:graphic or .//tei:media]"/>
    <xsl:if test="$beside">
      <section class="after" id="beside" aria-labelledby="h-beside">
        <h2 id="h-beside"><xsl:value-of select="f:label('text.beside')"/></h2>
        <div class="text">
          <xsl:attribute name="lang" select="(@xml:lang, $v:language)[1]"/>
          <xsl:apply-templates select="$beside" mode="m:html"/>
        </div>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- What the publisher of the transcript put around the document, apart from the abstract. -->
  <xsl:template name="tp:publisher" as="element(section)?">
    <xsl:variable name="matter" as="element()*"
      select="(tei:text/(tei:front | tei:back)/tei:div[@type = $v:publishers-types]) except f:abstract(.)"/>
    <xsl:if test="$matter">
      <section class="publisher" id="publisher">
        <h2 class="eh"><xsl:value-of select="f:label('publisher.title')"/></h2>
        <dl>
          <xsl:apply-templates select="$matter" mode="m:publisher"/>
        </dl>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- A piece of the publisher's matter. -->
  <xsl:mode name="m:publisher" on-no-match="fail" on-multiple-match="fail"/>

  <!-- What it is, and what it says. -->
  <xsl:template match="tei:div" mode="m:publisher" as="element(div)">
    <div class="{f:classes(., ())}">
      <dt><xsl:value-of select="f:first-label(('publisher.' || @type, 'publisher.other'))"/></dt>
      <dd>
        <xsl:apply-templates select="@xml:lang" mode="m:html"/>
        <xsl:call-template name="t:children"/>
      </dd>
    </div>
  </xsl:template>

  <!-- A label of the publisher's form that has no value. -->
  <xsl:template match="tei:div[@type = 'form-labels']/tei:ab[@type = 'label']" mode="m:html"
    as="element(p)" priority="1">
    <p class="form-label">
      <span class="lbl"><xsl:apply-templates mode="m:html"/></span>
      <xsl:text> </xsl:text>
      <span class="unstated"><xsl:value-of select="f:label('publisher.no-value')"/></span>
    </p>
  </xsl:template>

  <!-- The rail: contents and key. -->
  <xsl:template name="tp:rail" as="element(nav)">
    <nav class="rail" aria-label="{f:label('rail.label')}">
      <h2 class="mini" id="contents"><xsl:value-of select="f:label('rail.contents')"/></h2>
      <ul class="toc">
        <xsl:call-template name="tp:contents"/>
      </ul>
      <xsl:call-template name="t:key"/>
    </nav>
  </xsl:template>

  <!-- The contents: headings of the text, its end, and the parts of the page after it. -->
  <xsl:template name="tp:contents" as="element(li)+">
    <xsl:sequence select="fp:entry('text', f:label(if (tei:text/tei:body//tei:opener)
      then 'rail.opening' else 'rail.text'))"/>
    <xsl:for-each select="tei:text//*[starts-with(local-name(), 'div')][not(@type = ($v:publishers-types, 'notes'))]
      [tei:head or @type = 'bibliography'][ancestor::tei:div or not(tei:opener)]">
      <xsl:sequence select="fp:entry(f:division-anchor(.),
        string((tei:head[1] ! f:plain(node()), f:label('text.bibliography'))[1]))"/>
    </xsl:for-each>
    <xsl:if test="tei:text//tei:closer or tei:text//tei:postscript">
      <xsl:sequence select="fp:entry('end', f:label('rail.closing'))"/>
    </xsl:if>
    <xsl:if test="(tei:text/(tei:front | tei:back)/tei:div[@type = $v:publishers-types]) except f:abstract(.)">
      <xsl:sequence select="fp:entry('publisher', f:label('rail.publisher'))"/>
    </xsl:if>
    <xsl:sequence select="fp:entry('apparatus', f:label('app.title'))"/>
    <xsl:if test="tei:text//@ref[contains(., '#')]">
      <xsl:sequence select="fp:entry('names', f:label('rail.names'))"/>
    </xsl:if>
  </xsl:template>

  <!-- A line of the contents. -->
  <xsl:function name="fp:entry" as="element(li)">
    <xsl:param name="anchor" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <li><a href="#{$anchor}"><xsl:value-of select="$words"/></a></li>
  </xsl:function>
</xsl:stylesheet>
