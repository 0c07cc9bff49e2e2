<?xml version="1.0" encoding="UTF-8"?>
<!--
  The source view of a document, a page of its own beside the text: row by row, the text, the lines
  of the transcript that it came from, and its TEI. Input: a prepared TEI document whose elements
  have @source="line:a,b", and the record of the edition with every line of the transcript (e:line).
  Every line stands in exactly one row; a line that no element of the text came from is listed
  at the end. Rows have the ids of the units of the text's page,
  lines have L and their number.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:e="urn:diplomatic:edition"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:p="urn:diplomatic:pass"
  xmlns:fp="urn:diplomatic:html-source:function"
  xmlns:tp="urn:diplomatic:html-source:template"
  xmlns:vp="urn:diplomatic:html-source:variable"
  exclude-result-prefixes="#all">

  <!-- The lines of the transcript. -->
  <xsl:variable name="vp:lines" as="element(e:line)*" select="$edition/e:edition/e:line"/>

  <!-- The numbers of the lines that are not blank. -->
  <xsl:variable name="vp:filled" as="map(xs:integer, xs:boolean)"
    select="map:merge($vp:lines[normalize-space()] ! map{xs:integer(@n): true()})"/>

  <!-- The lines of the transcript that an element says it came from, counted from 1. -->
  <xsl:function name="fp:lines" as="xs:integer*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="ends" as="xs:string*" select="tokenize(substring-after($element/@source, 'line:'), ',')"/>
    <xsl:sequence select="if (count($ends) = 2 and (every $end in $ends satisfies $end castable as xs:integer))
      then xs:integer($ends[1]) + 1 to xs:integer($ends[2]) else ()"/>
  </xsl:function>

  <!-- The elements that make rows: the smallest ones that account for all lines of theirs. -->
  <xsl:mode name="m:source-elements" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <!-- What is in an element if that has all of its lines, else the element. -->
  <xsl:template match="*[starts-with(@source, 'line:')]" mode="m:source-elements" as="element()*">
    <xsl:variable name="within" as="element()*">
      <xsl:apply-templates select="*" mode="m:source-elements"/>
    </xsl:variable>
    <xsl:variable name="theirs" as="xs:integer*" select="distinct-values($within ! fp:lines(.))"/>
    <xsl:variable name="own" as="xs:integer*" select="fp:lines(.)"/>
    <xsl:sequence select="if (count($within) gt 1 and count($theirs) gt 1
      and (every $line in $own[map:contains($vp:filled, .)] satisfies $line = $theirs))
      then $within else ."/>
  </xsl:template>

  <!-- Words make no row. -->
  <xsl:template match="text()" mode="m:source-elements" as="empty-sequence()"/>

  <!-- The rows: maps of first line, last line and elements, in the order of the transcript;
       elements that share a line share a row. -->
  <xsl:function name="fp:rows" as="map(*)*">
    <xsl:param name="document" as="element(tei:TEI)"/>
    <xsl:variable name="elements" as="element()*">
      <xsl:apply-templates select="$document/tei:text" mode="m:source-elements"/>
    </xsl:variable>
    <xsl:iterate select="sort($elements[exists(fp:lines(.))], (), function($e) { fp:lines($e)[1] })">
      <xsl:param name="row" as="map(*)?" select="()"/>
      <xsl:on-completion>
        <xsl:sequence select="$row"/>
      </xsl:on-completion>
      <xsl:variable name="lines" as="xs:integer+" select="fp:lines(.)"/>
      <xsl:variable name="joins" as="xs:boolean" select="exists($row) and $lines[1] le $row?end"/>
      <xsl:sequence select="$row[not($joins)]"/>
      <xsl:next-iteration>
        <xsl:with-param name="row" select="if ($joins)
          then map{'start': $row?start, 'end': max(($row?end, $lines[last()])), 'elements': ($row?elements, .)}
          else map{'start': $lines[1], 'end': $lines[last()], 'elements': .}"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- The page. -->
  <xsl:mode name="m:source-page" on-no-match="fail" on-multiple-match="fail"/>

  <!-- The page of a document's source. -->
  <xsl:template match="tei:TEI" mode="m:source-page" as="element(html)">
    <xsl:call-template name="t:page">
      <xsl:with-param name="edition" select="$edition/e:edition" tunnel="yes"/>
      <xsl:with-param name="title" select="f:label('source.page', f:document-title(.))"/>
      <xsl:with-param name="current" select="'documents'"/>
      <xsl:with-param name="metadata" as="node()*">
        <meta name="robots" content="noindex"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What is on it. -->
  <xsl:template match="tei:TEI[$edition/e:edition/e:line]" mode="m:main" as="element()+">
    <xsl:variable name="self" as="element()" select="$edition/e:edition/e:document[@self = 'true']"/>
    <header class="dochead">
      <p class="kicker"><span><xsl:value-of select="f:label('source.title')"/></span></p>
      <h1><a href="{$self/@id}.html"><xsl:value-of select="f:document-title(.)"/></a></h1>
      <p class="abstract"><xsl:value-of select="f:label('source.lead')"/></p>
    </header>
    <xsl:call-template name="tp:bar">
      <xsl:with-param name="self" select="$self"/>
    </xsl:call-template>
    <xsl:call-template name="tp:rows">
      <xsl:with-param name="self" select="$self"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The bar: the other views are on the page of the text. -->
  <xsl:template name="tp:bar" as="element(div)">
    <xsl:param name="self" as="element(e:document)" required="yes"/>
    <div class="bar">
      <nav class="seg" aria-label="{f:label('view.legend')}">
        <a href="{$self/@id}.html"><xsl:value-of select="f:label('source.text')"/></a>
        <a href="{$self/@source}" aria-current="page"><xsl:value-of select="f:label('view.source')"/></a>
      </nav>
      <ul class="acts">
        <li><a href="{$self/@text}" download=""><xsl:value-of select="f:label('download.text')"/></a></li>
        <li><a href="{$self/@tei}" download=""><xsl:value-of select="f:label('download.tei')"/></a></li>
      </ul>
    </div>
  </xsl:template>

  <!-- All rows, and the lines that have none. -->
  <xsl:template name="tp:rows" as="element()+">
    <xsl:param name="self" as="element(e:document)" required="yes"/>
    <xsl:variable name="rows" as="map(*)*" select="fp:rows(.)"/>
    <xsl:variable name="held" as="map(xs:integer, xs:boolean)"
      select="map:merge($rows ! (?start to ?end) ! map{.: true()}, map{'duplicates': 'use-first'})"/>
    <xsl:variable name="left" as="element(e:line)*" select="$vp:lines[not(map:contains($held, xs:integer(@n)))]"/>
    <div class="rows as-dip">
      <xsl:attribute name="lang" select="(tei:text/@xml:lang, @xml:lang, $v:language)[1]"/>
      <xsl:for-each select="$rows">
        <xsl:variable name="row" as="map(*)" select="."/>
        <xsl:variable name="index" as="xs:integer" select="position()"/>
        <xsl:variable name="first" as="xs:integer" select="if ($index = 1) then 1 else $row?start"/>
        <xsl:variable name="next" as="xs:integer" select="($rows[$index + 1]?start, count($vp:lines) + 1)[1]"/>
        <xsl:call-template name="tp:row">
          <xsl:with-param name="row" select="$row"/>
          <xsl:with-param name="address" select="string($self/@text)"/>
          <xsl:with-param name="lines" select="subsequence($vp:lines, $first, $next - $first)
            [map:contains($held, xs:integer(@n)) or not(normalize-space())]"/>
        </xsl:call-template>
      </xsl:for-each>
    </div>
    <xsl:variable name="unheld" as="element(e:line)*" select="if (exists($rows)) then $left[normalize-space()] else $left"/>
    <xsl:if test="$unheld">
      <section class="after" id="metadata">
        <h2><xsl:value-of select="f:label('source.metadata')"/></h2>
        <p class="lead"><xsl:value-of select="f:label('source.metadata-lead')"/></p>
        <xsl:sequence select="fp:shown-lines($unheld, string($self/@text))"/>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- A row: text, lines, TEI. -->
  <xsl:template name="tp:row" as="element(section)">
    <xsl:param name="row" as="map(*)" required="yes"/>
    <xsl:param name="lines" as="element(e:line)*" required="yes"/>
    <xsl:param name="address" as="xs:string" required="yes"/>
    <xsl:variable name="anchors" as="xs:string*" select="$row?elements[not(@p:mark)]/@p:anchor ! string()"/>
    <section class="row" id="{($anchors, 'row-' || $row?start)[1]}"
      aria-label="{f:label('source.line', $row?start)}">
      <div class="row-text">
        <xsl:for-each select="$anchors[position() gt 1]">
          <span id="{.}"/>
        </xsl:for-each>
        <xsl:apply-templates select="$row?elements" mode="m:row-text">
          <xsl:with-param name="live" select="false()" tunnel="yes"/>
          <xsl:with-param name="in-link" select="true()" tunnel="yes"/>
        </xsl:apply-templates>
      </div>
      <xsl:sequence select="fp:shown-lines($lines, $address)"/>
      <pre class="row-tei" lang="zxx"><code>
        <xsl:value-of select="string-join($row?elements ! (fp:label-before(.), .) ! fp:tei(.), '&#10;')"/>
      </code></pre>
    </section>
  </xsl:template>

  <!-- Lines of the transcript, each with its number as a link to it. -->
  <xsl:function name="fp:shown-lines" as="element(ul)">
    <xsl:param name="lines" as="element(e:line)*"/>
    <xsl:param name="address" as="xs:string"/>
    <ul class="lines">
      <xsl:for-each select="$lines">
        <li id="L{@n}">
          <a href="{$address}#line={xs:integer(@n) - 1},{@n}" aria-label="{f:label('source.line', @n)}"><xsl:value-of select="@n"/></a>
          <span class="ln"><xsl:value-of select="."/></span>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:function>

  <!-- The TEI of an element as text. -->
  <xsl:function name="fp:tei" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:value-of>
      <xsl:apply-templates select="$element" mode="m:tei-source"/>
    </xsl:value-of>
  </xsl:function>

  <!-- The label of the list item that an element is or begins. -->
  <xsl:function name="fp:label-before" as="element(tei:label)?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="item" as="element()?" select="($element/self::tei:item, $element/parent::tei:item)[1]"/>
    <xsl:sequence select="$item[. is $element or *[1] is $element]/preceding-sibling::*[1]/self::tei:label"/>
  </xsl:function>

  <!-- A node as the file has it, piece by piece, which is much quicker than to serialise row by row;
       the namespace is understood, and what the passes added is not in the file. -->
  <xsl:mode name="m:tei-source" on-no-match="deep-skip" on-multiple-match="fail"/>

  <!-- Tags and what is between. -->
  <xsl:template match="*" mode="m:tei-source" as="xs:string+">
    <xsl:sequence select="'&lt;' || name()"/>
    <xsl:for-each select="@*[namespace-uri() ne 'urn:diplomatic:pass']">
      <xsl:sequence select="' ' || name() || '=&quot;' || replace(fp:escaped(.), '&quot;', '&amp;quot;') || '&quot;'"/>
    </xsl:for-each>
    <xsl:choose>
      <xsl:when test="node()">
        <xsl:sequence select="'>'"/>
        <xsl:apply-templates mode="#current"/>
        <xsl:sequence select="'&lt;/' || name() || '>'"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="'/>'"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Words. -->
  <xsl:template match="text()" mode="m:tei-source" as="xs:string">
    <xsl:sequence select="fp:escaped(.)"/>
  </xsl:template>

  <!-- A remark of whoever encoded it. -->
  <xsl:template match="comment()" mode="m:tei-source" as="xs:string">
    <xsl:sequence select="'&lt;!--' || . || '-->'"/>
  </xsl:template>

  <!-- A word to a program. -->
  <xsl:template match="processing-instruction()" mode="m:tei-source" as="xs:string">
    <xsl:sequence select="'&lt;?' || name() || ' ' || . || '?>'"/>
  </xsl:template>

  <!-- Text with the signs of XML written as XML has them. -->
  <xsl:function name="fp:escaped" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="if (contains($text, '&amp;') or contains($text, '&lt;') or contains($text, '>'))
      then replace(replace(replace($text, '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '>', '&amp;gt;') else $text"/>
  </xsl:function>

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
