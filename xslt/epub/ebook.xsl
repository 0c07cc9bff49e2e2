<?xml version="1.0" encoding="UTF-8"?>
<!--
  From a page of the website to a page of the ebook. Input: an HTML page as the templates in html/
  make it. Output: XHTML for EPUB 3.3: without masthead, views, rail and downloads; the words of the
  transcript where the views differ; notes and their marks with the types that reading systems open
  as pop-ups; printed pages marked; addresses of pages as files of the book.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:e="urn:diplomatic:edition"
  xmlns:epub="http://www.idpf.org/2007/ops"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:fp="urn:diplomatic:epub-ebook:function"
  xmlns:tp="urn:diplomatic:epub-ebook:template"
  xmlns:kp="urn:diplomatic:epub-ebook:key"
  exclude-result-prefixes="xsl xs h e f m fp tp kp">

  <!-- HTML to XHTML: everything is kept that no rule takes away. -->
  <xsl:mode name="m:ebook" on-no-match="shallow-copy" on-multiple-match="use-last"/>

  <!-- The elements of a page that can be linked to. -->
  <xsl:key name="kp:ids" match="*[@id]" use="@id"/>
  <!-- The printed pages, by the unit that begins on them; those of a document's head by '', those after
       its text by '*'. -->
  <xsl:key name="kp:breaks" match="e:break" use="string(@unit)"/>

  <!-- An element, in the namespace of XHTML. -->
  <xsl:template match="*" mode="m:ebook" as="element()">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </xsl:element>
  </xsl:template>

  <!-- The page. -->
  <xsl:template match="html" mode="m:ebook" as="element(h:html)">
    <xsl:param name="record" as="element(e:edition)" tunnel="yes"/>
    <html xml:lang="{@lang}" lang="{@lang}">
      <xsl:namespace name="epub" select="'http://www.idpf.org/2007/ops'"/>
      <head>
        <title><xsl:value-of select="if ($record/e:document[@self]) then $record/e:document[@self]/@title
          else head/title"/></title>
        <link rel="stylesheet" type="text/css" href="assets/ebook.css"/>
        <xsl:if test="$record/@fonts = 'true'">
          <link rel="stylesheet" type="text/css" href="assets/fonts.css"/>
        </xsl:if>
      </head>
      <body epub:type="{($record/@matter, 'bodymatter')[1]}">
        <xsl:apply-templates select="body/main" mode="#current"/>
      </body>
    </html>
  </xsl:template>

  <!-- What the page holds: a chapter, where it is a document. -->
  <xsl:template match="main" mode="m:ebook" as="element()+">
    <xsl:param name="record" as="element(e:edition)" tunnel="yes"/>
    <xsl:variable name="type" as="xs:string?" select="if ($record/e:document[@self]) then 'chapter' else $record/@type"/>
    <xsl:choose>
      <xsl:when test="$type">
        <section epub:type="{$type}">
          <xsl:if test="$type = ('chapter', 'index', 'colophon')">
            <xsl:attribute name="role" select="'doc-' || $type"/>
          </xsl:if>
          <xsl:sequence select="fp:breaks('', $record)"/>
          <xsl:apply-templates mode="#current"/>
        </section>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="fp:breaks('', $record)"/>
        <xsl:apply-templates mode="#current"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Of a website only: views, rail, downloads, neighbours, the list of names that the index has. -->
  <xsl:template mode="m:ebook" as="empty-sequence()" priority="4" match="div[@class = 'bar'] | nav[@class = ('rail', 'pager')]
    | section[@id = ('download', 'names')] | section[@id = 'cite']/p[@class = 'hint']"/>
  <!-- Its description is not said twice. -->
  <xsl:template match="*[@class = 'figDesc']" mode="m:ebook" as="element()?" priority="4">
    <xsl:param name="record" as="element(e:edition)" tunnel="yes"/>
    <xsl:if test="not(../span[@class = 'graphic']/@data-url = $record/e:image/@url)">
      <xsl:next-match/>
    </xsl:if>
  </xsl:template>
  <!-- A picture that the book brings, with its description for those who do not see it. -->
  <xsl:template match="span[@class = 'graphic']" mode="m:ebook" as="node()*" priority="4">
    <xsl:param name="record" as="element(e:edition)" tunnel="yes"/>
    <xsl:variable name="image" as="element(e:image)?" select="$record/e:image[@url = current()/@data-url][1]"/>
    <xsl:choose>
      <xsl:when test="$image">
        <img src="{$image/@href}" alt="{normalize-space(string-join(../*[@class = 'figDesc'], ' '))}"/>
      </xsl:when>
      <xsl:otherwise>
        <span><xsl:apply-templates mode="#current"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- Where the two views differ, the words of this edition; its apparatus has them. -->
  <xsl:template match="span[tokenize(@class) = 'now']" mode="m:ebook" as="empty-sequence()" priority="4"/>
  <!-- The sign of another hand: one that the fonts of the book have. -->
  <xsl:template match="text()[contains(., '&#x270E;')]" mode="m:ebook" as="text()">
    <xsl:value-of select="translate(., '&#x270E;', '&#x261E;')"/>
  </xsl:template>
  <!-- Attributes of a page that is not read in a browser. -->
  <xsl:template match="@tabindex | @download | @rel | @*[starts-with(name(), 'data-')]" mode="m:ebook" as="empty-sequence()"/>

  <!-- A language, in both forms. -->
  <xsl:template match="@lang" mode="m:ebook" as="attribute()+">
    <xsl:sequence select="."/>
    <xsl:attribute name="xml:lang" select="."/>
  </xsl:template>

  <!-- No link stands in a link: of a mark that holds the mark of a note only the inner one leads on. -->
  <xsl:template match="a[.//a]" mode="m:ebook" as="element(h:span)" priority="5">
    <span>
      <xsl:apply-templates select="@* except (@href, @role), node()" mode="#current"/>
    </span>
  </xsl:template>

  <!-- Where a link leads, as an address in the book; no attribute where it leads nowhere in it. -->
  <xsl:template match="@href" mode="m:ebook" as="attribute()?">
    <xsl:param name="record" as="element(e:edition)" tunnel="yes"/>
    <xsl:for-each select="fp:address(., $record)">
      <xsl:attribute name="href" select="."/>
    </xsl:for-each>
  </xsl:template>

  <!-- An address of the website as one of the book. -->
  <xsl:function name="fp:address" as="xs:string?">
    <xsl:param name="href" as="attribute(href)"/>
    <xsl:param name="record" as="element(e:edition)"/>
    <xsl:variable name="file" as="xs:string" select="substring-before($href || '#', '#')"/>
    <xsl:variable name="part" as="xs:string" select="substring-after($href, '#')"/>
    <xsl:choose>
      <xsl:when test="$file = '' and key('kp:ids', $part, root($href))">
        <xsl:sequence select="string($href)"/>
      </xsl:when>
      <xsl:when test="$file = ''">
        <xsl:sequence select="$record/e:file[@name = 'names'][1]/@href ! (. || '#' || $part)"/>
      </xsl:when>
      <xsl:when test="matches($href, '^(https?|mailto):') or ends-with($file, '.xhtml')">
        <xsl:sequence select="string($href)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$record/e:file[@name || '.html' = $file][1]/@href ! (. || ('#' || $part)[$part])"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- ============================================================ notes -->

  <!-- The mark of a note, which a reading system opens as a pop-up. -->
  <xsl:template match="a[@role = 'doc-noteref']" mode="m:ebook" as="element(h:a)" priority="2">
    <a epub:type="noteref">
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </a>
  </xsl:template>

  <!-- A note. -->
  <xsl:template match="aside[@role = 'note']" mode="m:ebook" as="element(h:aside)" priority="2">
    <aside epub:type="footnote">
      <xsl:apply-templates select="@*" mode="#current"/>
      <xsl:attribute name="role" select="'doc-footnote'"/>
      <xsl:apply-templates mode="#current"/>
    </aside>
  </xsl:template>

  <!-- The way back from a note, or from an entry of the apparatus. -->
  <xsl:template match="a[@class = ('back', 'home')]" mode="m:ebook" as="element(h:a)" priority="2">
    <a role="doc-backlink">
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </a>
  </xsl:template>

  <!-- The abstract of a document. -->
  <xsl:template match="div[@id = 'abstract']" mode="m:ebook" as="element(h:section)" priority="2">
    <section epub:type="abstract" role="doc-abstract" aria-label="{f:word('ebook.abstract')}">
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </section>
  </xsl:template>

  <!-- ============================================================ printed pages -->

  <!-- Before a unit: the printed pages that begin with it. -->
  <xsl:template match="*[@id][tokenize(@class) = 'u']" mode="m:ebook" as="element()+">
    <xsl:param name="record" as="element(e:edition)" tunnel="yes"/>
    <xsl:sequence select="fp:breaks(@id, $record)"/>
    <xsl:next-match/>
  </xsl:template>

  <!-- After the text: the printed pages on which no unit begins. -->
  <xsl:template match="article[@id = 'text']" mode="m:ebook" as="element()+">
    <xsl:param name="record" as="element(e:edition)" tunnel="yes"/>
    <xsl:next-match/>
    <xsl:sequence select="fp:breaks('*', $record)"/>
  </xsl:template>

  <!-- The marks of printed pages that begin with a unit; '' is the head of a page, whatever it is of. -->
  <xsl:function name="fp:breaks" as="element(h:div)*">
    <xsl:param name="unit" as="xs:string"/>
    <xsl:param name="record" as="element(e:edition)"/>
    <xsl:for-each select="if ($record/e:document[@self]) then key('kp:breaks', $unit, root($record))
      else $record/e:break[@unit = 'part'][@file = $record/@file]">
      <div epub:type="pagebreak" role="doc-pagebreak" id="page-{@page}" title="{f:word('xref.page')}{@page}"/>
    </xsl:for-each>
  </xsl:function>
</xsl:stylesheet>
