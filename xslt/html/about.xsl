<?xml version="1.0" encoding="UTF-8"?>
<!--
  Pages about the edition that are made from its record: timeline, how to cite, data, versions,
  accessibility, encoding manual, doubts, search, word list, withdrawn documents. Their words are
  in labels.xml.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:html-about:function"
  xmlns:tp="urn:diplomatic:html-about:template"
  exclude-result-prefixes="#all">

  <!-- What a page about the edition says under its title. -->
  <xsl:mode name="m:about" on-no-match="fail" on-multiple-match="use-last"/>

  <!-- A page about the edition: title and lead by the page's name, then its content. -->
  <xsl:template mode="m:edition-page" as="element(html)" match="e:edition[@page = ('timeline', 'cite',
    'data', 'versions', 'accessibility', 'manual', 'doubts', 'search', 'words', 'withdrawn', 'map', 'report',
    'questionnaire')]">
    <xsl:variable name="title" as="xs:string" select="if (@part) then f:part-title(.)
      else string((@heading, f:label(@page || '.title'))[1])"/>
    <xsl:call-template name="t:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="current" select="string(@page)"/>
      <xsl:with-param name="metadata" as="node()*">
        <xsl:if test="@page = ('withdrawn', 'words')">
          <meta name="robots" content="noindex"/>
        </xsl:if>
        <xsl:if test="@page = 'search'">
          <script src="assets/edition.js" defer="defer"></script>
        </xsl:if>
        <xsl:call-template name="t:part-links"/>
      </xsl:with-param>
      <xsl:with-param name="content" as="node()*">
        <xsl:choose>
          <xsl:when test="@part">
            <xsl:call-template name="t:part-head"/>
          </xsl:when>
          <xsl:otherwise>
            <header class="dochead">
              <h1><xsl:value-of select="$title"/></h1>
              <p class="abstract"><xsl:value-of select="f:label(@page || '.lead')"/></p>
            </header>
          </xsl:otherwise>
        </xsl:choose>
        <div class="about {@page}">
          <xsl:apply-templates select="." mode="m:about"/>
        </div>
        <xsl:call-template name="t:part-pager"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Timeline: a strip of bars, then the years with their documents and the dates they name. -->
  <xsl:template match="e:edition[@page = 'timeline']" mode="m:about" as="element()*">
    <xsl:if test="not(@part)">
      <xsl:call-template name="tp:strip"/>
    </xsl:if>
    <xsl:call-template name="t:parts"/>
    <xsl:variable name="part" as="attribute()?" select="@part/../@name"/>
    <xsl:for-each-group select="e:date" group-by="if ($part) then substring(@when, 1, max((7, string-length($part)))) else @year">
      <xsl:sort select="current-grouping-key()"/>
      <!-- What the page is called needs no heading again. -->
      <xsl:element name="{if ($part = current-grouping-key()) then 'div' else 'section'}">
        <xsl:attribute name="class" select="'year'"/>
        <xsl:if test="not($part)">
          <xsl:attribute name="id" select="'year-' || current-grouping-key()"/>
        </xsl:if>
        <xsl:if test="not($part = current-grouping-key())">
          <h2><xsl:value-of select="f:date(current-grouping-key())"/></h2>
        </xsl:if>
        <ol>
          <xsl:for-each-group select="current-group()" group-by="@when">
            <xsl:sort select="current-grouping-key()"/>
            <li>
              <time datetime="{current-grouping-key()}"><xsl:value-of select="f:date(current-grouping-key())"/></time>
              <ul>
                <xsl:for-each-group select="current-group()" group-by="@document">
                  <xsl:call-template name="tp:dated"/>
                </xsl:for-each-group>
              </ul>
            </li>
          </xsl:for-each-group>
        </ol>
      </xsl:element>
    </xsl:for-each-group>
  </xsl:template>

  <!-- A document that bears or names a date: its title if it bears it, and the paragraphs. -->
  <xsl:template name="tp:dated" as="element(li)">
    <xsl:context-item as="element(e:date)" use="required"/>
    <xsl:variable name="document" as="element(e:document)" select="f:document(.., current-grouping-key())"/>
    <xsl:variable name="units" as="xs:string*" select="distinct-values(current-group()/@unit)"/>
    <li>
      <xsl:if test="current-group()[@own]">
        <xsl:attribute name="class" select="'own'"/>
      </xsl:if>
      <a href="{../@root}{$document/@id}.html"><xsl:value-of select="$document/@title"/></a>
      <xsl:for-each select="$units">
        <xsl:text> </xsl:text>
        <a class="at" href="{$document/../@root}{$document/@id}.html#{.}"><xsl:value-of select="f:unit-label(.)"/></a>
      </xsl:for-each>
    </li>
  </xsl:template>

  <!-- The strip above the timeline, with its ends; a year has a section of the page, or a page. -->
  <xsl:template name="tp:strip" as="element()*">
    <xsl:context-item as="element(e:edition)" use="required"/>
    <xsl:variable name="pages" as="element(e:part)*" select="e:part[matches(@name, '^[0-9]{4}$')]"/>
    <xsl:variable name="years" as="xs:string*" select="if (e:part) then $pages/@name else sort(distinct-values(e:date/@year))"/>
    <xsl:if test="exists($years)">
      <xsl:variable name="edition" as="element(e:edition)" select="."/>
      <xsl:sequence select="if (e:part) then fp:strip($years, $pages/xs:integer(@count), $pages/@address)
        else fp:strip($years, (for $year in $years return count($edition/e:date[@year = $year])), $years ! ('#year-' || .))"/>
      <p class="ends" aria-hidden="true">
        <span><xsl:value-of select="$years[1]"/></span>
        <xsl:text> </xsl:text>
        <span><xsl:value-of select="$years[last()][count($years) gt 1]"/></span>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- The strip: one bar a year, as high as the number of its dates; each a link to the year. -->
  <xsl:function name="fp:strip" as="element()">
    <xsl:param name="years" as="xs:string+"/>
    <xsl:param name="counts" as="xs:integer+"/>
    <xsl:param name="addresses" as="xs:string+"/>
    <xsl:variable name="first" as="xs:integer" select="xs:integer($years[1])"/>
    <xsl:variable name="span" as="xs:integer" select="xs:integer($years[last()]) - $first + 1"/>
    <xsl:variable name="wide" as="xs:double" select="max((4, 960 div $span))"/>
    <svg class="strip" role="group" aria-label="{f:label('timeline.strip')}" viewBox="0 0 {$wide * $span} 96"
      preserveAspectRatio="none">
      <line x1="0" x2="{$wide * $span}" y1="95.5" y2="95.5"/>
      <xsl:for-each select="$years">
        <xsl:variable name="index" as="xs:integer" select="position()"/>
        <xsl:variable name="high" as="xs:double" select="max((6, 90 * $counts[$index] div max($counts)))"/>
        <a href="{$addresses[$index]}" aria-label="{f:label('timeline.bar', (., $counts[$index]))}">
          <rect x="{(xs:integer(.) - $first) * $wide + $wide * 0.12}" y="{95 - $high}"
            width="{$wide * 0.76}" height="{$high}"/>
        </a>
      </xsl:for-each>
    </svg>
  </xsl:function>

  <!-- How to cite. -->
  <xsl:template match="e:edition[@page = 'cite']" mode="m:about" as="element()*">
    <section>
      <h2><xsl:value-of select="f:label('cite.edition')"/></h2>
      <p class="cit">
        <xsl:value-of select="@publisher[. ne ''] ! (. || ', ')"/>
        <cite><xsl:value-of select="string-join((@title, @subtitle[. ne '']), ': ')"/></cite>
        <xsl:value-of select="f:label('cite.version', (@version, f:date(@date)))"/>
        <xsl:value-of select="@base-url ! (' ' || .)"/>
      </p>
    </section>
    <section>
      <h2><xsl:value-of select="f:label('cite.passage')"/></h2>
      <p><xsl:value-of select="f:label('cite.passage-text')"/></p>
    </section>
    <section>
      <h2><xsl:value-of select="f:label('cite.files')"/></h2>
      <p><xsl:value-of select="f:label('cite.files-text')"/></p>
      <ul class="dl">
        <li><a href="data/edition.bib" download="">BibTeX</a></li>
        <li><a href="data/edition.ris" download="">RIS</a></li>
        <li><a href="data/edition.json" download="">CSL-JSON</a></li>
      </ul>
    </section>
  </xsl:template>

  <!-- Data: every file, and what it is. -->
  <xsl:template match="e:edition[@page = 'data']" mode="m:about" as="element()*">
    <dl class="files">
      <xsl:for-each select="e:file">
        <div>
          <dt><a href="{@address}" download=""><xsl:value-of select="@address"/></a></dt>
          <dd><xsl:value-of select="f:label('data.' || @key)"/></dd>
        </div>
      </xsl:for-each>
    </dl>
    <xsl:if test="e:licence">
      <p><xsl:value-of select="f:label('rights.edition') || ': ' || e:licence/@name"/></p>
    </xsl:if>
  </xsl:template>

  <!-- Versions: this one, and what each document says of its own changes. -->
  <xsl:template match="e:edition[@page = 'versions']" mode="m:about" as="element()*">
    <xsl:if test="not(@part)">
      <p class="cit"><xsl:value-of select="f:label('page.version', (@title, @version, f:date(@date)))"/></p>
    </xsl:if>
    <xsl:call-template name="t:parts"/>
    <xsl:for-each-group select="e:change" group-by="@when">
      <xsl:sort select="current-grouping-key()" order="descending"/>
      <section class="year">
        <h2><time datetime="{current-grouping-key()}"><xsl:value-of select="f:date(current-grouping-key())"/></time></h2>
        <ul>
          <xsl:for-each select="current-group()">
            <li><a href="{../@root}{@document}.html"><xsl:value-of select="f:document(.., @document)/@title"/></a>
              <xsl:text> </xsl:text><span><xsl:value-of select="@words"/></span></li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Accessibility: what was done, tested, and is not so. -->
  <xsl:template match="e:edition[@page = 'accessibility']" mode="m:about" as="element(section)*">
    <xsl:for-each select="'done', 'tested', 'limits'">
      <section>
        <h2><xsl:value-of select="f:label('accessibility.' || .)"/></h2>
        <p><xsl:value-of select="f:label('accessibility.' || . || '-text')"/></p>
      </section>
    </xsl:for-each>
  </xsl:template>

  <!-- The manual of the encoding: made from the schema, set in this frame. -->
  <xsl:template match="e:edition[@page = 'manual']" mode="m:about" as="element()*">
    <div class="manual-text" lang="en">
      <xsl:copy-of select="e:content/*/node()" copy-namespaces="no"/>
    </div>
  </xsl:template>

  <!-- Search: a form for the script, and what is there without it. -->
  <xsl:template match="e:edition[@page = 'search']" mode="m:about" as="element()*">
    <form id="search" role="search" hidden="hidden" data-none="{f:label('search.none')}"
      data-count="{f:label('search.count')}" data-more="{f:label('search.more')}" data-fail="{f:label('search.fail')}">
      <xsl:for-each select="'kind', 'year', 'person', 'place', 'language', 'note'">
        <xsl:attribute name="data-{.}" select="f:label('search.' || .)"/>
      </xsl:for-each>
      <label for="query"><xsl:value-of select="f:label('search.query')"/></label>
      <input type="search" id="query" name="q" autocomplete="off" spellcheck="false"/>
      <div id="facets" class="facets"></div>
    </form>
    <p id="status" class="lead" role="status"></p>
    <ol id="results" class="results"></ol>
    <section class="words">
      <h2><xsl:value-of select="f:label('words.title')"/></h2>
      <p><xsl:value-of select="f:label('search.without')"/></p>
      <xsl:call-template name="tp:initials"/>
    </section>
  </xsl:template>

  <!-- The initials of the word list, as links to its pages. -->
  <xsl:template name="tp:initials" as="element(ul)">
    <xsl:context-item as="element(e:edition)" use="required"/>
    <ul class="letters">
      <xsl:for-each select="e:initial">
        <li><a href="{../@root}{@address}"><xsl:value-of select="@letter"/></a></li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <!-- The word list of one initial. -->
  <xsl:template match="e:edition[@page = 'words']" mode="m:about" as="element()*">
    <nav aria-label="{f:label('names.letters')}"><xsl:call-template name="tp:initials"/></nav>
    <xsl:call-template name="t:parts"/>
    <xsl:if test="e:word">
      <xsl:call-template name="tp:words"/>
    </xsl:if>
  </xsl:template>

  <!-- Words, and where they stand. -->
  <xsl:template name="tp:words" as="element(dl)">
    <xsl:context-item as="element(e:edition)" use="required"/>
    <dl class="wordlist">
      <xsl:for-each select="e:word">
        <div>
          <dt><xsl:value-of select="@word"/></dt>
          <dd>
            <xsl:for-each-group select="e:at" group-by="@document">
              <span>
                <a href="{../../@root}{@document}.html"><xsl:value-of select="f:document(../.., @document)/@title"/></a>
                <xsl:for-each select="current-group()[@unit]">
                  <xsl:text> </xsl:text>
                  <a class="at" href="{../../@root}{@document}.html#{@unit}"><xsl:value-of select="f:unit-label(@unit)"/></a>
                </xsl:for-each>
              </span>
            </xsl:for-each-group>
            <xsl:if test="@more">
              <span><xsl:value-of select="f:label('words.more', @more)"/></span>
            </xsl:if>
          </dd>
        </div>
      </xsl:for-each>
    </dl>
  </xsl:template>

  <!-- A document that was withdrawn: that it was here, and why it is not. -->
  <xsl:template match="e:edition[@page = 'withdrawn']" mode="m:about" as="element()*">
    <p><xsl:value-of select="@reason"/></p>
    <p><a href="{@root}index.html"><xsl:value-of select="f:label('missing.home')"/></a></p>
  </xsl:template>
</xsl:stylesheet>
