<?xml version="1.0" encoding="UTF-8"?>
<!--
  The website's indexes: all names, one page a kind from A to Z, one page a name with every mention
  in its sentence. Input: the record of the edition with e:name; on the page of a name, its e:mention.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:html-entities:function"
  xmlns:tp="urn:diplomatic:html-entities:template"
  exclude-result-prefixes="#all">

  <!-- All names: what kinds there are, and the names of each that are mentioned most. -->
  <xsl:template match="e:edition[@page = 'name-index']" mode="m:edition-page" as="element(html)">
    <xsl:call-template name="t:page">
      <xsl:with-param name="title" select="f:label('page.names')"/>
      <xsl:with-param name="current" select="'names'"/>
      <xsl:with-param name="content" as="node()*">
        <header class="dochead">
          <h1><xsl:value-of select="f:label('page.names')"/></h1>
          <p class="abstract"><xsl:value-of select="f:label('names.lead')"/></p>
        </header>
        <div class="three kinds">
          <xsl:for-each-group select="e:name" group-by="@kind">
            <xsl:sort select="index-of(('person', 'place', 'org', 'term'), current-grouping-key())"/>
            <section>
              <h2><a href="{f:kind-page(current-grouping-key())}">
                <xsl:value-of select="f:label('names.' || current-grouping-key())"/>
              </a></h2>
              <ul class="idx">
                <xsl:for-each select="sort(current-group(), (), function($n) { -xs:integer($n/@count) })[position() le 12]">
                  <xsl:call-template name="tp:line"/>
                </xsl:for-each>
              </ul>
              <p class="more"><a href="{f:kind-page(current-grouping-key())}">
                <xsl:value-of select="f:label('names.all', (f:label('names.' || current-grouping-key()), count(current-group())))"/>
              </a></p>
            </section>
          </xsl:for-each-group>
        </div>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A name with its number of mentions, as a link to its page. -->
  <xsl:template name="tp:line" as="element(li)">
    <xsl:context-item as="element(e:name)" use="required"/>
    <li>
      <span class="nm"><a href="{../@root}names/{@key}.html"><xsl:value-of select="@name"/></a></span>
      <xsl:text> </xsl:text>
      <span class="ct">
        <span aria-hidden="true"><xsl:value-of select="@count"/></span>
        <span class="vh"><xsl:value-of select="f:count-label('names.times', xs:integer(@count))"/></span>
      </span>
    </li>
  </xsl:template>

  <!-- The letter that a name is listed under. -->
  <xsl:function name="fp:initial" as="xs:string">
    <xsl:param name="name" as="element(e:name)"/>
    <xsl:variable name="first" as="xs:string"
      select="translate(substring(replace(normalize-unicode($name/@sort, 'NFD'), '\p{M}|[^\p{L}\p{N}]', ''), 1, 1),
        'ᄀᄁᄂᄃᄄᄅᄆᄇᄈᄉᄊᄋᄌᄍᄎᄏᄐᄑᄒ', 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ')"/>
    <xsl:sequence select="if (matches($first, '\p{L}')) then upper-case(normalize-unicode($first, 'NFC')) else '#'"/>
  </xsl:function>

  <!-- The names of one kind, A to Z. -->
  <xsl:template match="e:edition[@page = 'kind']" mode="m:edition-page" as="element(html)">
    <xsl:variable name="title" as="xs:string" select="f:label('names.' || @kind)"/>
    <xsl:call-template name="t:page">
      <xsl:with-param name="title" select="if (@part) then f:part-title(.) else $title"/>
      <xsl:with-param name="current" select="'names'"/>
      <xsl:with-param name="metadata" as="element(link)*"><xsl:call-template name="t:part-links"/></xsl:with-param>
      <xsl:with-param name="content" as="node()*">
        <xsl:choose>
          <xsl:when test="@part">
            <xsl:call-template name="t:part-head"/>
          </xsl:when>
          <xsl:otherwise>
            <header class="dochead">
              <p class="kicker"><span><a href="names.html"><xsl:value-of select="f:label('page.names')"/></a></span></p>
              <h1><xsl:value-of select="$title"/></h1>
            </header>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="t:parts"/>
        <xsl:if test="e:name">
          <xsl:call-template name="tp:a-to-z"/>
        </xsl:if>
        <xsl:call-template name="t:part-pager"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The names of a page, with the letters that they are listed under. -->
  <xsl:template name="tp:a-to-z" as="element()+">
    <xsl:context-item as="element(e:edition)" use="required"/>
    <xsl:if test="not(@part)">
      <nav class="letters" aria-label="{f:label('names.letters')}">
        <ul>
          <xsl:for-each select="sort(distinct-values(e:name ! fp:initial(.)))">
            <li><a href="#letter-{string-to-codepoints(.)}"><xsl:value-of select="."/></a></li>
          </xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
    <div class="az">
      <xsl:for-each-group select="e:name" group-by="fp:initial(.)">
        <xsl:sort select="current-grouping-key()"/>
        <section class="letter" id="letter-{string-to-codepoints(current-grouping-key())}">
          <h2><xsl:value-of select="current-grouping-key()"/></h2>
          <ul class="idx">
            <xsl:for-each select="current-group()">
              <xsl:sort select="@sort" lang="{$v:language}"/>
              <xsl:call-template name="tp:line"/>
            </xsl:for-each>
          </ul>
        </section>
      </xsl:for-each-group>
    </div>
  </xsl:template>

  <!-- The page of a name. -->
  <xsl:template match="e:edition[@page = 'entity']" mode="m:edition-page" as="element(html)">
    <xsl:variable name="name" as="element(e:name)" select="e:name"/>
    <xsl:call-template name="t:page">
      <xsl:with-param name="title" select="if (@part) then f:part-title(.) else string($name/@name)"/>
      <xsl:with-param name="current" select="'names'"/>
      <xsl:with-param name="metadata" as="element(link)*"><xsl:call-template name="t:part-links"/></xsl:with-param>
      <xsl:with-param name="content" as="node()*">
        <xsl:choose>
          <xsl:when test="@part">
            <xsl:call-template name="t:part-head"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="tp:entity-head"/>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="t:parts"/>
        <xsl:apply-templates select="$name" mode="m:entity"/>
        <xsl:call-template name="t:part-pager"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The head of the page of a name. -->
  <xsl:template name="tp:entity-head" as="element(header)">
    <xsl:context-item as="element(e:edition)" use="required"/>
    <xsl:variable name="name" as="element(e:name)" select="e:name"/>
    <header class="dochead">
      <p class="kicker">
        <span><a href="{@root}{f:kind-page($name/@kind)}"><xsl:value-of select="f:label('names.' || $name/@kind)"/></a></span>
        <span><xsl:value-of select="f:count-label('names.times', ($name/@count/xs:integer(.), count($name/e:mention))[1])"/></span>
      </p>
      <h1><xsl:value-of select="$name/@name"/></h1>
      <xsl:if test="$name/@note">
        <p class="abstract"><xsl:value-of select="$name/@note"/></p>
      </xsl:if>
      <xsl:if test="$name/e:variant or $name/e:same or $name/@latitude">
        <dl class="facts in-line">
          <xsl:call-template name="tp:facts">
            <xsl:with-param name="name" select="$name"/>
          </xsl:call-template>
        </dl>
      </xsl:if>
    </header>
  </xsl:template>

  <!-- What the index says of a name: other forms, records of authorities. -->
  <xsl:template name="tp:facts" as="element(div)*">
    <xsl:param name="name" as="element(e:name)" required="yes"/>
    <xsl:if test="$name/e:variant">
      <div>
        <dt><xsl:value-of select="f:label('names.also')"/></dt>
        <dd><xsl:apply-templates select="$name/e:variant" mode="m:edition-page"/></dd>
      </div>
    </xsl:if>
    <xsl:if test="$name/@latitude">
      <div>
        <dt><xsl:value-of select="f:label('map.coordinates')"/></dt>
        <dd><xsl:sequence select="f:coordinates($name)"/></dd>
      </div>
    </xsl:if>
    <xsl:if test="$name/e:same">
      <div>
        <dt><xsl:value-of select="f:label('names.authority')"/></dt>
        <dd>
          <xsl:for-each select="$name/e:same">
            <xsl:value-of select="', '[position() gt 1]"/>
            <a href="{@url}"><xsl:value-of select="replace(@url, '^https?://', '')"/></a>
          </xsl:for-each>
        </dd>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- The mentions of a name, by document. -->
  <xsl:mode name="m:entity" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Documents in order of the edition, paragraphs in order of the text. -->
  <xsl:template match="e:name" mode="m:entity" as="element(section)*">
    <xsl:for-each-group select="e:mention" group-by="@document">
      <xsl:variable name="document" as="element(e:document)"
        select="f:document(../.., current-grouping-key())"/>
      <section class="entity">
        <h2>
          <xsl:sequence select="f:lang($document/@language)"/>
          <a href="{$document/../@root}{$document/@id}.html"><xsl:value-of select="$document/@title"/></a>
        </h2>
        <xsl:if test="$document/@date">
          <p class="said"><time datetime="{$document/@date}"><xsl:value-of select="f:date($document/@date)"/></time></p>
        </xsl:if>
        <ul>
          <xsl:for-each-group select="current-group()" group-by="(@unit, '')[1] || ' ' || @sentence">
            <xsl:call-template name="t:mention"/>
          </xsl:for-each-group>
        </ul>
      </section>
    </xsl:for-each-group>
  </xsl:template>
</xsl:stylesheet>
