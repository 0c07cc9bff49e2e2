<?xml version="1.0" encoding="UTF-8"?>
<!--
  The frame of every page, and the pages about the edition: home, editorial method, not found.
  Input: the record of the edition (namespace urn:diplomatic:edition). No page needs a script.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:html-pages:function"
  xmlns:kp="urn:diplomatic:html-pages:key"
  xmlns:tp="urn:diplomatic:html-pages:template"
  exclude-result-prefixes="#all">

  <!-- The documents of a record, by their id. -->
  <xsl:key name="kp:documents" match="e:edition/e:document" use="@id"/>

  <!-- A document of a record. -->
  <xsl:function name="f:document" as="element(e:document)?">
    <xsl:param name="edition" as="element(e:edition)"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="key('kp:documents', $id, $edition)[1]"/>
  </xsl:function>

  <!-- Pages about the edition, by @page of its record. -->
  <xsl:mode name="m:edition-page" on-no-match="fail" on-multiple-match="use-last"/>

  <!-- What stands between masthead and foot, of pages that do not hand it over as $content: long
       ones, whose content is then made in its place and not copied there. -->
  <xsl:mode name="m:main" on-no-match="deep-skip" on-multiple-match="fail"/>

  <!-- A page: head, masthead, content, foot. -->
  <xsl:template name="t:page" as="element(html)">
    <xsl:param name="edition" as="element(e:edition)" tunnel="yes" required="yes"/>
    <xsl:param name="title" as="xs:string" required="yes"/>
    <xsl:param name="current" as="xs:string" required="yes"/>
    <xsl:param name="metadata" as="node()*" select="()"/>
    <xsl:param name="content" as="node()*" select="()"/>
    <html lang="{$v:language}">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title><xsl:value-of select="if ($title = $edition/@title) then $title
          else f:label('page.title', ($title, $edition/@title))"/></title>
        <meta name="color-scheme" content="light dark"/>
        <xsl:sequence select="$metadata"/>
        <link rel="stylesheet" href="{$edition/@root}assets/edition.css"/>
        <xsl:if test="$edition/e:page">
          <link rel="icon" href="{$edition/@root}assets/icon.svg" type="image/svg+xml"/>
        </xsl:if>
        <xsl:if test="$edition/@page or self::e:document">
          <link rel="stylesheet" href="{$edition/@root}assets/pages.css"/>
        </xsl:if>
      </head>
      <body>
        <a class="skip" href="#doc"><xsl:value-of select="f:label('page.skip')"/></a>
        <xsl:call-template name="tp:masthead">
          <xsl:with-param name="current" select="$current"/>
        </xsl:call-template>
        <main class="wrap doc" id="doc" tabindex="-1">
          <xsl:sequence select="$content"/>
          <xsl:apply-templates select="." mode="m:main"/>
        </main>
        <xsl:call-template name="tp:foot"/>
      </body>
    </html>
  </xsl:template>

  <!-- The language of words that are not the interface's, where it is another. -->
  <xsl:function name="f:lang" as="attribute(lang)?">
    <xsl:param name="language" as="xs:string?"/>
    <xsl:if test="$language[not(. = ('', $v:language))]">
      <xsl:attribute name="lang" select="$language"/>
    </xsl:if>
  </xsl:function>

  <!-- The masthead: title of the edition, and its pages. -->
  <xsl:template name="tp:masthead" as="element(header)">
    <xsl:param name="edition" as="element(e:edition)" tunnel="yes" required="yes"/>
    <xsl:param name="current" as="xs:string" required="yes"/>
    <header class="mast">
      <div class="wrap">
        <p class="site">
          <a href="{$edition/@root}index.html">
            <xsl:if test="$edition/@logo">
              <img src="{$edition/@root}assets/own/{$edition/@logo}" alt=""/>
            </xsl:if>
            <xsl:value-of select="$edition/@title"/>
          </a>
          <xsl:if test="$edition/@subtitle ne ''">
            <xsl:text> </xsl:text>
            <span><xsl:value-of select="$edition/@subtitle"/></span>
          </xsl:if>
        </p>
        <nav aria-label="{f:label('page.nav')}">
          <ul>
            <xsl:sequence select="fp:nav-item($edition, 'documents', 'index.html', $current)"/>
            <xsl:if test="$edition/@has-names">
              <xsl:sequence select="fp:nav-item($edition, 'names', 'names.html', $current)"/>
            </xsl:if>
            <xsl:sequence select="$edition/e:page[@nav] ! fp:nav-item($edition, @name, @address, $current)"/>
            <xsl:sequence select="fp:nav-item($edition, 'method', 'method.html', $current)"/>
          </ul>
        </nav>
      </div>
    </header>
  </xsl:template>

  <!-- One page in the masthead; the one that is shown is marked. -->
  <xsl:function name="fp:nav-item" as="element(li)">
    <xsl:param name="edition" as="element(e:edition)"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="file" as="xs:string"/>
    <xsl:param name="current" as="xs:string"/>
    <li>
      <a href="{$edition/@root}{$file}">
        <xsl:if test="$name = $current">
          <xsl:attribute name="aria-current" select="'true'"/>
        </xsl:if>
        <xsl:value-of select="f:label('page.' || $name)"/>
      </a>
    </li>
  </xsl:function>

  <!-- The foot: version, method, program. -->
  <xsl:template name="tp:foot" as="element(footer)">
    <xsl:param name="edition" as="element(e:edition)" tunnel="yes" required="yes"/>
    <footer class="foot">
      <div class="wrap">
        <p><xsl:value-of select="f:label('page.version', ($edition/@title, $edition/@version, f:date($edition/@date)))"/></p>
        <xsl:if test="$edition/e:page">
          <ul>
            <xsl:for-each select="$edition/e:page[not(@nav)]">
              <li><a href="{$edition/@root}{@address}"><xsl:value-of select="f:label(@name || '.title')"/></a></li>
            </xsl:for-each>
          </ul>
        </xsl:if>
        <p><xsl:value-of select="f:label('page.made-with', $edition/@program)"/></p>
      </div>
    </footer>
  </xsl:template>

  <!-- Home: the edition, and its documents in order of date. -->
  <xsl:template match="e:edition[@page = 'home']" mode="m:edition-page" as="element(html)">
    <xsl:call-template name="t:page">
      <xsl:with-param name="title" select="string(@title)"/>
      <xsl:with-param name="current" select="'documents'"/>
      <xsl:with-param name="content" as="node()*">
        <header class="dochead home">
          <p class="kicker">
            <span><xsl:value-of select="f:count-label('home.count', xs:integer(@total))"/></span>
            <xsl:if test="@publisher ne ''">
              <span><xsl:value-of select="@publisher"/></span>
            </xsl:if>
          </p>
          <h1><xsl:value-of select="@title"/></h1>
          <p class="abstract"><xsl:value-of select="f:label('home.about-text')"/></p>
          <ul class="more">
            <li><a href="method.html"><xsl:value-of select="f:label('home.read-method')"/></a></li>
            <xsl:for-each select="@volume, @ebook">
              <li><a href="{.}"><xsl:value-of select="f:label('home.' || local-name())"/></a></li>
            </xsl:for-each>
          </ul>
        </header>
        <xsl:call-template name="tp:chronology"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The documents of a year, a month, a day. -->
  <xsl:template match="e:edition[@page = 'home'][@part]" mode="m:edition-page" as="element(html)">
    <xsl:call-template name="t:page">
      <xsl:with-param name="title" select="f:part-title(.)"/>
      <xsl:with-param name="current" select="'documents'"/>
      <xsl:with-param name="metadata" as="element(link)*"><xsl:call-template name="t:part-links"/></xsl:with-param>
      <xsl:with-param name="content" as="node()*">
        <xsl:call-template name="t:part-head"/>
        <xsl:call-template name="tp:chronology"/>
        <xsl:call-template name="t:part-pager"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- How much of a date tells the documents of a page apart: on the page of a year, the month. -->
  <xsl:function name="fp:precision" as="xs:integer">
    <xsl:param name="edition" as="element(e:edition)"/>
    <xsl:sequence select="if (not($edition/@part)) then 4 else if (string-length($edition/@name) = 4) then 7 else 10"/>
  </xsl:function>

  <!-- The documents by year, those without a date last; what has a page of its own as a link. -->
  <xsl:template name="tp:chronology" as="element(section)">
    <xsl:context-item as="element(e:edition)" use="required"/>
    <xsl:variable name="precision" as="xs:integer" select="fp:precision(.)"/>
    <section class="chron" aria-labelledby="h-documents">
      <h2 class="mini" id="h-documents"><xsl:value-of select="f:label('home.title') || ' · ' || lower-case(f:label('home.chronology'))"/></h2>
      <xsl:call-template name="t:parts"/>
      <xsl:for-each-group select="e:document" group-by="(@date ! substring(., 1, $precision), '')[1]">
        <xsl:sort select="if (current-grouping-key() = '') then '~' else current-grouping-key()"/>
        <section class="year">
          <h3><xsl:value-of select="(f:date(current-grouping-key())[. ne ''], f:label('home.undated'))[1]"/></h3>
          <ol>
            <xsl:apply-templates select="current-group()" mode="m:edition-page">
              <xsl:sort select="@date"/>
              <xsl:sort select="@number" data-type="number"/>
            </xsl:apply-templates>
          </ol>
        </section>
      </xsl:for-each-group>
    </section>
  </xsl:template>

  <!-- A document on the home page. -->
  <xsl:template match="e:document" mode="m:edition-page" as="element(li)">
    <li>
      <article class="card">
        <p class="kicker">
          <span><xsl:value-of select="f:label('doc.number', (@number, ../@total))"/></span>
          <span><xsl:value-of select="if (f:has-label('kind.' || @kind)) then f:label('kind.' || @kind) else @kind"/></span>
          <xsl:choose>
            <xsl:when test="@date">
              <time datetime="{@date}"><xsl:value-of select="f:date(@date)"/></time>
            </xsl:when>
            <xsl:otherwise>
              <span><xsl:value-of select="(@date-from ! f:label('date.after', f:date(.)),
                @date-to ! f:label('date.before', f:date(.)), f:label('doc.undated'))[1]"/></span>
            </xsl:otherwise>
          </xsl:choose>
          <xsl:if test="@place">
            <span><xsl:value-of select="@place"/></span>
          </xsl:if>
        </p>
        <h4>
          <xsl:sequence select="f:lang(@language)"/>
          <a href="{../@root}{@id}.html"><xsl:value-of select="@title"/></a>
        </h4>
        <span class="Z3988" title="{fp:coins(.)}"></span>
        <p class="abs">
          <xsl:sequence select="@abstract ! f:lang(../@language)"/>
          <xsl:value-of select="(@abstract, @incipit ! f:label('home.begins', .), f:label('home.no-abstract'))[1]"/>
        </p>
      </article>
    </li>
  </xsl:template>

  <!-- What a bibliography program saves of a document in a list: an OpenURL of Dublin Core (COinS). -->
  <xsl:function name="fp:coins" as="xs:string">
    <xsl:param name="document" as="element(e:document)"/>
    <xsl:variable name="edition" as="element(e:edition)" select="$document/.."/>
    <xsl:variable name="values" as="map(xs:string, xs:string?)" select="map{
      'type': if ($document/@kind = 'letter') then 'letter' else 'manuscript', 'title': $document/@title ! string(),
      'creator': $document/@writer ! string(), 'date': $document/@date ! string(), 'language': $document/@language ! string(),
      'publisher': $edition/@publisher[. ne ''] ! string(),
      'identifier': $edition/@base-url[. ne ''] ! (replace(., '/+$', '') || '/' || $document/@id || '.html')}"/>
    <xsl:sequence select="string-join(('ctx_ver=Z39.88-2004', 'rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc',
      for $name in ('type', 'title', 'creator', 'date', 'language', 'publisher', 'identifier')
      return $values($name) ! ('rft.' || $name || '=' || encode-for-uri(.))), '&amp;')"/>
  </xsl:function>

  <!-- Not found. -->
  <xsl:template match="e:edition[@page = 'missing']" mode="m:edition-page" as="element(html)">
    <xsl:call-template name="t:page">
      <xsl:with-param name="title" select="f:label('missing.title')"/>
      <xsl:with-param name="current" select="''"/>
      <xsl:with-param name="content" as="node()*">
        <header class="dochead">
          <h1><xsl:value-of select="f:label('missing.title')"/></h1>
          <p class="abstract"><xsl:value-of select="f:label('missing.text')"/></p>
          <p><a href="{@root}index.html"><xsl:value-of select="f:label('missing.home')"/></a></p>
        </header>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
