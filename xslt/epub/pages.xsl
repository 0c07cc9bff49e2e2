<?xml version="1.0" encoding="UTF-8"?>
<!--
  The pages of the ebook that are its own: title page, navigation, note on the text, colophon.
  Input: the record of the edition, with e:file, e:break, e:font, e:source as publish/epub.py adds
  them. Output: HTML as the other templates make it; ebook.xsl makes XHTML of all.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:e="urn:diplomatic:edition"
  xmlns:epub="http://www.idpf.org/2007/ops"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:epub-pages:function"
  xmlns:tp="urn:diplomatic:epub-pages:template"
  exclude-result-prefixes="#all">

  <!-- A page: its title, and what stands on it. -->
  <xsl:template name="tp:page" as="element(html)">
    <xsl:param name="title" as="xs:string" required="yes"/>
    <xsl:param name="content" as="node()*" required="yes"/>
    <html lang="{$v:language}">
      <head>
        <title><xsl:value-of select="$title"/></title>
      </head>
      <body>
        <main>
          <xsl:sequence select="$content"/>
        </main>
      </body>
    </html>
  </xsl:template>

  <!-- Title page: title, editors, publisher, version, licence. -->
  <xsl:template match="e:edition[@page = 'title']" mode="m:edition-page" as="element(html)">
    <xsl:variable name="names" as="xs:string*" select="e:editor"/>
    <xsl:call-template name="tp:page">
      <xsl:with-param name="title" select="string(@title)"/>
      <xsl:with-param name="content" as="node()*">
        <div class="titlepage">
          <h1><xsl:value-of select="@title"/></h1>
          <xsl:sequence select="fp:lines('subtitle', @subtitle)"/>
          <xsl:sequence select="fp:lines('editors', f:word('imprint.edited', fp:joined($names))[exists($names)])"/>
          <xsl:sequence select="fp:lines('imprint', (
            f:word('imprint.published', replace(@house, '\.$', '')),
            f:word('imprint.version', (@version, f:date(@date))),
            if (e:licence) then f:word('imprint.licence', e:licence/@name) else f:word('imprint.no-licence'),
            @base-url ! f:word('imprint.address', .)))"/>
        </div>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Names joined by commas, the last by "and". -->
  <xsl:function name="fp:joined" as="xs:string">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:sequence select="string-join((string-join($names[position() lt last() or last() = 1], ', '),
      $names[last()][count($names) gt 1]), f:word('imprint.and'))"/>
  </xsl:function>

  <!-- Lines of a class, those that say something. -->
  <xsl:function name="fp:lines" as="element(p)*">
    <xsl:param name="class" as="xs:string"/>
    <xsl:param name="words" as="xs:string*"/>
    <xsl:for-each select="$words[. ne '']">
      <p class="{$class}"><xsl:value-of select="."/></p>
    </xsl:for-each>
  </xsl:function>

  <!-- Navigation: contents, pages of the printed volume, landmarks. -->
  <xsl:template match="e:edition[@page = 'nav']" mode="m:edition-page" as="element(html)">
    <xsl:call-template name="tp:page">
      <xsl:with-param name="title" select="f:word('part.contents')"/>
      <xsl:with-param name="content" as="node()*">
        <nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="h-toc">
          <h1 id="h-toc"><xsl:value-of select="f:word('part.contents')"/></h1>
          <ol>
            <xsl:apply-templates select="e:file" mode="m:nav"/>
          </ol>
        </nav>
        <xsl:if test="e:break">
          <nav epub:type="page-list" role="doc-pagelist" id="page-list" aria-labelledby="h-pages" hidden="hidden">
            <h2 id="h-pages"><xsl:value-of select="f:word('ebook.pages')"/></h2>
            <ol>
              <xsl:apply-templates select="e:break" mode="m:nav"/>
            </ol>
          </nav>
        </xsl:if>
        <nav epub:type="landmarks" id="landmarks" aria-labelledby="h-landmarks" hidden="hidden">
          <h2 id="h-landmarks"><xsl:value-of select="f:word('ebook.landmarks')"/></h2>
          <ol>
            <xsl:apply-templates select="e:file[@landmark]" mode="m:landmark"/>
          </ol>
        </nav>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Lines of the contents and of the page list. -->
  <xsl:mode name="m:nav" on-no-match="fail" on-multiple-match="fail"/>

  <!-- A page of the book; a document with its number and date. -->
  <xsl:template match="e:file" mode="m:nav" as="element(li)">
    <li>
      <a href="{@href}"><xsl:value-of select="string-join((@number ! (. || '.'), fp:title(.)), ' ')"/></a>
    </li>
  </xsl:template>

  <!-- The beginning of a printed page. -->
  <xsl:template match="e:break" mode="m:nav" as="element(li)">
    <li>
      <a href="{@file}#page-{@page}"><xsl:value-of select="@page"/></a>
    </li>
  </xsl:template>

  <!-- What a page is called: its own title, or that of its part of the book. -->
  <xsl:function name="fp:title" as="xs:string">
    <xsl:param name="page" as="element(e:file)"/>
    <xsl:sequence select="string(($page/@title, f:word($page/@label))[1])"/>
  </xsl:function>

  <!-- Landmarks: the places that a reading system offers by itself. -->
  <xsl:mode name="m:landmark" on-no-match="fail" on-multiple-match="fail"/>

  <!-- One of them. -->
  <xsl:template match="e:file" mode="m:landmark" as="element(li)">
    <li>
      <a epub:type="{@landmark}" href="{@href}">
        <xsl:value-of select="if (@landmark = 'bodymatter') then f:word('ebook.bodymatter') else fp:title(.)"/>
      </a>
    </li>
  </xsl:template>

  <!-- The note on the text: principles, and the key of signs. -->
  <xsl:template match="e:edition[@page = 'note']" mode="m:edition-page" as="element(html)">
    <xsl:call-template name="tp:page">
      <xsl:with-param name="title" select="f:word('part.note')"/>
      <xsl:with-param name="content" as="node()*">
        <h1><xsl:value-of select="f:word('part.note')"/></h1>
        <xsl:sequence select="fp:lines('prose', ('note.lead', 'note.voices', 'ebook.paragraphs', 'note.origin',
          'ebook.marks', if (e:break) then 'ebook.breaks' else ()) ! f:word(.))"/>
        <h2 id="signs"><xsl:value-of select="f:word('note.signs')"/></h2>
        <table class="signs">
          <thead>
            <tr>
              <th scope="col"><xsl:value-of select="f:word('note.sign')"/></th>
              <th scope="col"><xsl:value-of select="f:word('note.meaning')"/></th>
            </tr>
          </thead>
          <tbody>
            <xsl:apply-templates select="$v:key//tei:ab" mode="m:ebook-sign"/>
          </tbody>
        </table>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Rows of the key. -->
  <xsl:mode name="m:ebook-sign" on-no-match="fail" on-multiple-match="fail"/>

  <!-- A sign and its meaning. -->
  <xsl:template match="tei:ab" mode="m:ebook-sign" as="element(tr)">
    <tr>
      <td><xsl:call-template name="t:sample"/></td>
      <td>
        <xsl:value-of select="if (f:has-word('ebook.key.' || @n)) then f:word('ebook.key.' || @n)
          else f:first-label(('key.' || @n, 'key.' || substring-before(@n, '.')))"/>
      </td>
    </tr>
  </xsl:template>

  <!-- The colophon: how the book was made, from what, and under which licences. -->
  <xsl:template match="e:edition[@page = 'colophon']" mode="m:edition-page" as="element(html)">
    <xsl:variable name="title" as="xs:string" select="string-join((@title, @subtitle[. ne '']), ': ')"/>
    <xsl:call-template name="tp:page">
      <xsl:with-param name="title" select="f:word('part.colophon')"/>
      <xsl:with-param name="content" as="node()*">
        <h1><xsl:value-of select="f:word('part.colophon')"/></h1>
        <xsl:sequence select="fp:lines('prose', (
          f:word('ebook.made', @program),
          e:font ! f:word('ebook.font', (@name, @licence, @file)),
          f:word('colophon.cite', (string-join(e:editor ! (. || ', ')), $title, @version, f:date(@date)))))"/>
        <xsl:for-each select="e:source">
          <p class="prose">
            <xsl:value-of select="f:word('colophon.licence', @title) || ' '
              || (@licence, f:word('source.licence-missing'))[1]"/>
          </p>
          <p class="prose">
            <xsl:value-of select="f:word('colophon.hash', @id) || ' '"/>
            <code><xsl:value-of select="@sha256"/></code>
          </p>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
