<?xml version="1.0" encoding="UTF-8"?>
<!--
  What a document's page ends with: how to cite it, what can be downloaded, whose rights it is
  under, and the way to its neighbours; and the metadata in its head. Input: a prepared TEI
  document and the record of the edition ($edition).
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:t="urn:diplomatic:template"
  xmlns:p="urn:diplomatic:pass"
  xmlns:fp="urn:diplomatic:html-closing:function"
  xmlns:tp="urn:diplomatic:html-closing:template"
  exclude-result-prefixes="#all">

  <!-- The sections. -->
  <xsl:template name="t:closing-sections" as="element()+">
    <xsl:context-item as="element(tei:TEI)" use="required"/>
    <div class="two">
      <xsl:call-template name="tp:cite"/>
      <div>
        <xsl:call-template name="tp:download"/>
        <xsl:call-template name="tp:rights"/>
      </div>
    </div>
    <xsl:call-template name="tp:pager"/>
  </xsl:template>

  <!-- The record of this document. -->
  <xsl:function name="fp:self" as="element(e:document)?">
    <xsl:sequence select="$edition/e:edition/e:document[@self = 'true']"/>
  </xsl:function>

  <!-- The address of this document's page, where the edition has a base address. -->
  <xsl:function name="fp:address" as="xs:string?">
    <xsl:sequence select="$edition/e:edition/@base-url ! (replace(., '/+$', '') || '/' || fp:self()/@id || '.html')"/>
  </xsl:function>

  <!-- How to cite. -->
  <xsl:template name="tp:cite" as="element(section)">
    <xsl:variable name="record" as="element(e:edition)" select="$edition/e:edition"/>
    <section class="after" id="cite" aria-labelledby="h-cite">
      <h2 id="h-cite"><xsl:value-of select="f:label('cite.title')"/></h2>
      <p class="cit">
        <xsl:value-of select="f:label('cite.text', f:document-title(.))"/>
        <xsl:value-of select="f:label('cite.in')"/>
        <cite><xsl:value-of select="string-join(($record/@title, $record/@subtitle[. ne '']), ': ')"/></cite>
        <xsl:value-of select="f:label('cite.rest', (fp:self()/@number, $record/@version, f:date($record/@date)))"/>
        <xsl:text> </xsl:text>
        <xsl:value-of select="fp:address() ! (. || '. ')"/>
        <xsl:value-of select="f:label('cite.checked')"/>
      </p>
      <xsl:variable name="unit" as="element()?" select="(tei:text//*[@p:unit])[1]"/>
      <xsl:if test="$unit">
        <p class="hint">
          <xsl:value-of select="f:label('cite.paragraph')"/>
          <xsl:text> </xsl:text>
          <code><xsl:value-of select="fp:self()/@id || '.html#' || $unit/@p:anchor"/></code>
        </p>
      </xsl:if>
    </section>
  </xsl:template>

  <!-- What can be downloaded. -->
  <xsl:template name="tp:download" as="element(section)">
    <section class="after" id="download" aria-labelledby="h-download">
      <h2 id="h-download"><xsl:value-of select="f:label('download.title')"/></h2>
      <ul class="dl">
        <xsl:for-each select="fp:self()/(@tei, @text, @received, @pdf, @bib, @ris, @csl)">
          <li>
            <a href="{.}" download=""><xsl:value-of select="f:label('download.' || local-name())"/></a>
            <xsl:text> </xsl:text>
            <span><xsl:value-of select="f:label('download.' || local-name()
              || (if (self::attribute(text) and ../@received) then '-made' else '-says'))"/></span>
          </li>
        </xsl:for-each>
      </ul>
    </section>
  </xsl:template>

  <!-- Under whose rights: of the text, of the edition. -->
  <xsl:template name="tp:rights" as="element(section)">
    <xsl:variable name="licence" as="element()?" select="$edition/e:edition/e:licence"/>
    <section class="after" id="rights" aria-labelledby="h-rights">
      <h2 id="h-rights"><xsl:value-of select="f:label('rights.title')"/></h2>
      <dl class="licences">
        <div>
          <dt><xsl:value-of select="f:label('rights.text')"/></dt>
          <dd><xsl:value-of select="(tei:teiHeader//tei:availability/(tei:licence, tei:p) ! f:plain(node())
            [. ne ''], f:label('doc.not-stated'))[1]"/></dd>
        </div>
        <xsl:if test="$licence">
          <div>
            <dt><xsl:value-of select="f:label('rights.edition')"/></dt>
            <dd>
              <xsl:call-template name="tp:licence">
                <xsl:with-param name="licence" select="$licence"/>
              </xsl:call-template>
            </dd>
          </div>
        </xsl:if>
      </dl>
    </section>
  </xsl:template>

  <!-- A licence by name, with its address. -->
  <xsl:template name="tp:licence" as="node()">
    <xsl:param name="licence" as="element(e:licence)" required="yes"/>
    <xsl:choose>
      <xsl:when test="$licence/@url">
        <a rel="license" href="{$licence/@url}"><xsl:value-of select="$licence/@name"/></a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$licence/@name"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The neighbours, in words. -->
  <xsl:template name="tp:pager" as="element(nav)?">
    <xsl:if test="$edition/e:edition/@total != '1'">
      <nav class="pager" aria-label="{f:label('pager.label')}">
        <xsl:sequence select="fp:neighbour($edition/e:edition/e:document[@role = 'previous'], 'prev', 'previous', 'first')"/>
        <xsl:sequence select="fp:neighbour($edition/e:edition/e:document[@role = 'next'], 'next', 'next', 'last')"/>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- A link to a neighbour, or the words that there is none. -->
  <xsl:function name="fp:neighbour" as="element()">
    <xsl:param name="document" as="element(e:document)?"/>
    <xsl:param name="rel" as="xs:string"/>
    <xsl:param name="some" as="xs:string"/>
    <xsl:param name="none" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$document">
        <a rel="{$rel}" class="{$rel}" href="{$document/@id}.html">
          <span><xsl:value-of select="f:label('pager.' || $some)"/></span>
          <xsl:text> </xsl:text>
          <xsl:value-of select="$document/@title"/>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <span class="none {$rel}"><xsl:value-of select="f:label('pager.' || $none)"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Metadata for the head of the page, for people who save it into a bibliography. -->
  <xsl:template name="t:metadata" as="element()*">
    <xsl:context-item as="element(tei:TEI)" use="required"/>
    <xsl:variable name="abstract" as="xs:string" select="f:plain(f:abstract(.)/node())"/>
    <xsl:variable name="is-letter" as="xs:boolean" select="exists(.//tei:correspAction[@type = 'sent']/*)
      and exists(.//tei:correspAction[@type = 'received']/*)"/>
    <xsl:variable name="place" as="element(tei:msIdentifier)?" select="(tei:teiHeader//tei:msIdentifier)[1]"/>
    <xsl:sequence select="fp:meta('description', $abstract)"/>
    <xsl:for-each select="fp:address()">
      <link rel="canonical" href="{.}"/>
    </xsl:for-each>
    <xsl:for-each select="fp:self()/@tei">
      <link rel="alternate" type="application/tei+xml" href="{.}" title="TEI P5"/>
    </xsl:for-each>
    <xsl:for-each select="fp:self()/@csl">
      <link rel="alternate" type="application/vnd.citationstyles.csl+json" href="{.}" title="CSL-JSON"/>
    </xsl:for-each>
    <xsl:for-each select="$edition/e:edition/e:licence/@url">
      <link rel="license" href="{.}"/>
    </xsl:for-each>
    <xsl:for-each select="$edition/e:edition/e:document[@role]">
      <link rel="{if (@role = 'next') then 'next' else 'prev'}" href="{@id}.html"/>
    </xsl:for-each>
    <link rel="schema.DC" href="http://purl.org/dc/elements/1.1/"/>
    <xsl:sequence select="fp:meta('z:itemType', if ($is-letter) then 'letter' else 'manuscript'),
      fp:meta('citation_title', f:document-title(.)),
      fp:writers(.) ! fp:meta('citation_author', f:plain(node())),
      fp:meta('citation_date', string(f:document-date(.)/(@when, @from, @notBefore, @to, @notAfter)[1])),
      fp:meta('citation_language', string(@xml:lang)),
      fp:meta('citation_publisher', string($edition/e:edition/@publisher)),
      fp:meta('citation_public_url', string(fp:address())),
      fp:meta('citation_abstract', $abstract),
      $edition/e:edition/e:editor ! fp:meta('citation_editor', string(@name)),
      fp:meta('citation_keywords', string-join($edition/e:edition/e:name/@name, '; ')),
      fp:meta('DC.rights', string((tei:teiHeader//tei:availability/(tei:licence, tei:p) ! f:plain(node())[. ne ''])[1])),
      fp:meta('DC.type', f:document-kind(.)),
      fp:meta('DC.coverage', string(f:archive(.))),
      fp:meta('z:archive', string-join(($place/tei:repository, $place/tei:institution, $place/tei:settlement)
        ! normalize-space()[. ne ''], ', ')),
      fp:meta('z:callNumber', string-join($place/(tei:collection, tei:idno) ! normalize-space()[. ne ''], ', '))"/>
    <xsl:call-template name="tp:search-metadata"/>
    <xsl:for-each select="fp:self()/@json-ld">
      <script type="application/ld+json"><xsl:value-of select="."/></script>
    </xsl:for-each>
  </xsl:template>

  <!-- Who wrote a document, as far as it is stated: author, else sender, else who signed it. -->
  <xsl:function name="fp:writers" as="element()*">
    <xsl:param name="document" as="element(tei:TEI)"/>
    <xsl:variable name="authors" as="element()*" select="$document/tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:author"/>
    <xsl:variable name="senders" as="element()*" select="$document//tei:correspAction[@type = 'sent']/(tei:persName, tei:orgName)"/>
    <xsl:sequence select="if ($authors) then $authors else if ($senders) then $senders
      else ($document/tei:text//tei:signed//tei:persName)[1]"/>
  </xsl:function>

  <!-- What the search shows of the page and can be narrowed by. -->
  <xsl:template name="tp:search-metadata" as="element()*">
    <xsl:context-item as="element(tei:TEI)" use="required"/>
    <xsl:variable name="names" as="element(e:name)*" select="$edition/e:edition/e:name"/>
    <xsl:variable name="keys" as="xs:string*" select="tei:text//tei:persName/@ref ! substring-after(., '#')"/>
    <xsl:variable name="places" as="xs:string*" select="tei:text//tei:placeName/@ref ! substring-after(., '#')"/>
    <xsl:if test="$edition/e:edition/e:page[@name = 'search']">
      <meta name="title" content="{f:document-title(.)}" data-pagefind-meta="title[content]"/>
      <xsl:sequence select="fp:filter('kind', f:document-kind(.)),
        fp:filter('year', fp:self()/@date ! substring(., 1, 4)),
        .//tei:langUsage/tei:language ! fp:filter('language', f:plain(node())),
        $names[@key = $keys] ! fp:filter('person', @name),
        $names[@key = $places] ! fp:filter('place', @name)"/>
      <script src="{$edition/e:edition/@root}assets/edition.js" defer="defer"></script>
    </xsl:if>
  </xsl:template>

  <!-- A value that the search can be narrowed by. -->
  <xsl:function name="fp:filter" as="element(meta)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:if test="$value != ''">
      <meta name="{$name}" content="{$value}" data-pagefind-filter="{$name}[content]"/>
    </xsl:if>
  </xsl:function>

  <!-- A meta element, if it has something to say. -->
  <xsl:function name="fp:meta" as="element(meta)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="content" as="xs:string"/>
    <xsl:if test="$content ne ''">
      <meta name="{$name}" content="{$content}"/>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
