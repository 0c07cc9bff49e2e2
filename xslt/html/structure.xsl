<?xml version="1.0" encoding="UTF-8"?>
<!--
  Divisions, headings, paragraphs and the other blocks of a text. Input: prepared TEI. Output:
  HTML blocks. A paragraph with a number is a unit: div.u#p24 > p.t, then its notes.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:p="urn:diplomatic:pass"
  xmlns:fp="urn:diplomatic:html-structure:function"
  xmlns:kp="urn:diplomatic:html-structure:key"
  xmlns:vp="urn:diplomatic:html-structure:variable"
  exclude-result-prefixes="#all">

  <!-- Whether an element holds blocks of its own, which HTML cannot have inside a p, h2 or span; notes
       under a mark are set elsewhere. -->
  <xsl:function name="f:has-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/descendant::*[self::tei:p or self::tei:ab or self::tei:head or self::tei:list
      or self::tei:listBibl or self::tei:table or self::tei:lg or self::tei:l or self::tei:sp or self::tei:floatingText
      or self::tei:div or self::tei:figure][not(self::tei:figure/@type = ('signature', 'seal'))]
      [not(ancestor::tei:note[@p:note][not(. is $element)])])"/>
  </xsl:function>

  <!-- The HTML element for a block or phrase: as wished, but div where blocks are within. -->
  <xsl:function name="f:tag" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="wish" as="xs:string"/>
    <xsl:sequence select="if (f:has-blocks($element)) then 'div' else $wish"/>
  </xsl:function>

  <!-- Whether an element stands among words, so that it must not open a line of its own. -->
  <xsl:function name="f:is-among-words" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/../text()[normalize-space()])
      or not($element/parent::tei:div or $element/parent::tei:body or $element/parent::tei:front
        or $element/parent::tei:back or $element/parent::tei:opener or $element/parent::tei:closer
        or $element/parent::tei:postscript or $element/parent::tei:item)"/>
  </xsl:function>

  <!-- The classes of an element: its TEI name, @type and @rend. -->
  <xsl:function name="f:classes" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="first" as="xs:string*"/>
    <xsl:sequence select="if ($element/@type or $element/@rend)
      then distinct-values(($first, $element/@type, f:tokens($element/@rend))) else $first"/>
  </xsl:function>

  <!-- lang and id of an element; no id where it is shown a second time ($live is false). -->
  <xsl:template name="t:common" as="attribute()*">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:apply-templates select="@xml:lang" mode="m:html"/>
    <xsl:if test="$live and @p:anchor and not(@p:mark)">
      <xsl:attribute name="id" select="@p:anchor"/>
    </xsl:if>
  </xsl:template>

  <!-- A block: tag, classes, content. -->
  <xsl:template name="t:block" as="element()">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="tag" as="xs:string" select="'p'"/>
    <xsl:param name="class" as="xs:string" select="local-name()"/>
    <xsl:element name="{f:tag(., $tag)}">
      <xsl:attribute name="class" separator=" " select="f:classes(., $class)"/>
      <xsl:call-template name="t:common"/>
      <xsl:apply-templates select="." mode="m:lead"/>
      <xsl:apply-templates mode="m:html"/>
    </xsl:element>
  </xsl:template>

  <!-- What stands before the first words of a block, such as the number of its list item. -->
  <xsl:mode name="m:lead" on-no-match="deep-skip" on-multiple-match="use-last"/>

  <!-- Words. -->
  <xsl:template match="text()" mode="m:html" as="text()">
    <xsl:value-of select="."/>
  </xsl:template>

  <!-- Blank space between blocks is layout of the file, not of the text. -->
  <xsl:template mode="m:html" as="empty-sequence()" priority="1" match="comment() | processing-instruction()
    | text()[parent::tei:div or parent::tei:body or parent::tei:front or parent::tei:back or parent::tei:list
      or parent::tei:listBibl or parent::tei:table or parent::tei:row or parent::tei:lg or parent::tei:sp
      or parent::tei:postscript or parent::tei:floatingText or parent::tei:text or parent::tei:choice
      or parent::tei:subst or parent::tei:figure][not(normalize-space())]"/>

  <!-- The children of a container, each followed by the notes that belong to it; in a document without
       notes none is asked for them. -->
  <xsl:template name="t:children" as="node()*">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="has-notes" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:for-each select="node()">
      <xsl:apply-templates select="." mode="m:html"/>
      <xsl:if test="$has-notes">
        <xsl:apply-templates select="." mode="m:notes-below"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <!-- What is in a container, without the container. -->
  <xsl:mode name="m:children" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Its children. -->
  <xsl:template match="*" mode="m:children" as="node()*">
    <xsl:call-template name="t:children"/>
  </xsl:template>

  <!-- Front, body, back and group: only what is in them. -->
  <xsl:template match="tei:front | tei:body | tei:back | tei:group | tei:text" mode="m:html" as="node()*">
    <xsl:call-template name="t:children"/>
  </xsl:template>

  <!-- A division of any depth. -->
  <xsl:template match="tei:div | tei:div1 | tei:div2 | tei:div3 | tei:div4" mode="m:html" as="element()">
    <xsl:variable name="heading" as="element()?">
      <xsl:apply-templates select="." mode="m:editorial-heading"/>
    </xsl:variable>
    <xsl:element name="{if (tei:head or $heading) then 'section' else 'div'}">
      <xsl:attribute name="class" separator=" " select="f:classes(., 'div')"/>
      <xsl:attribute name="id" select="f:division-anchor(.)"/>
      <xsl:apply-templates select="@xml:lang" mode="m:html"/>
      <xsl:sequence select="$heading"/>
      <xsl:call-template name="t:children"/>
    </xsl:element>
  </xsl:template>

  <!-- A language; and its direction, where the text around it runs the other way. -->
  <xsl:template match="@xml:lang" mode="m:html" as="attribute()+">
    <xsl:variable name="own" as="xs:string" select="f:direction(.)"/>
    <xsl:attribute name="lang" select="."/>
    <xsl:if test="$own ne f:direction(../ancestor::*[@xml:lang][1]/@xml:lang)">
      <xsl:attribute name="dir" select="$own"/>
    </xsl:if>
  </xsl:template>

  <!-- Matter of the publisher is set after the text, by document.xsl; so are stray notes. -->
  <xsl:template match="tei:front/tei:div[@type = $v:publishers-types]
    | tei:back/tei:div[@type = ($v:publishers-types, 'notes')]" mode="m:html" as="empty-sequence()"
    priority="1"/>

  <!-- The anchor of a division: the stored one, or its number among the divisions of the text. -->
  <xsl:function name="f:division-anchor" as="xs:string">
    <xsl:param name="division" as="element()"/>
    <xsl:variable name="number" as="xs:string">
      <xsl:number select="$division" level="any" from="tei:text"
        count="tei:div | tei:div1 | tei:div2 | tei:div3 | tei:div4"/>
    </xsl:variable>
    <xsl:sequence select="string(($division/@p:anchor, 'div-' || $number)[1])"/>
  </xsl:function>

  <!-- Headings that this edition gives to parts without one; hidden in the diplomatic view. -->
  <xsl:mode name="m:editorial-heading" on-no-match="deep-skip" on-multiple-match="use-last"/>

  <!-- A bibliography without a heading. -->
  <xsl:template match="tei:div[@type = 'bibliography'][not(tei:head)]" mode="m:editorial-heading" as="element(h2)">
    <h2 class="eh"><xsl:value-of select="f:label('text.bibliography')"/></h2>
  </xsl:template>

  <!-- The heading of a division; the first makes the heading of the HTML outline. -->
  <xsl:template match="tei:head" mode="m:html" as="element()">
    <xsl:variable name="level" as="xs:integer"
      select="min((6, 2 + count(ancestor::*[starts-with(local-name(), 'div')][tei:head]) - 1))"/>
    <xsl:variable name="is-heading" as="xs:boolean"
      select="starts-with(local-name(..), 'div') and not(preceding-sibling::tei:head)"/>
    <xsl:call-template name="t:block">
      <xsl:with-param name="tag" select="if ($is-heading) then 'h' || max((2, $level)) else 'p'"/>
      <xsl:with-param name="class" select="if (fp:is-in-capitals(.)) then 'head capitals' else 'head'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Whether a heading is a few words in capitals, as typists set what they could not set larger. -->
  <xsl:function name="fp:is-in-capitals" as="xs:boolean">
    <xsl:param name="head" as="element(tei:head)"/>
    <xsl:variable name="words" as="xs:string" select="normalize-space($head)"/>
    <xsl:sequence select="$words = upper-case($words) and matches($words, '\p{Lu}')
      and string-length($words) le 28"/>
  </xsl:function>

  <!-- A paragraph with a number, and its notes. -->
  <xsl:template match="tei:p[@p:unit] | tei:ab[@p:unit]" mode="m:html" as="element(div)">
    <xsl:call-template name="t:unit"/>
  </xsl:template>

  <!-- What is read aloud before the number of a unit. -->
  <xsl:variable name="vp:paragraph" as="xs:string" select="f:label('text.paragraph') || '&#160;'"/>

  <!-- A unit: number, text, notes. -->
  <xsl:template name="t:unit" as="element(div)">
    <xsl:context-item as="element()" use="required"/>
    <xsl:param name="has-notes" as="xs:boolean" select="true()" tunnel="yes"/>
    <div class="{f:classes(., 'u')}">
      <xsl:call-template name="t:common"/>
      <xsl:element name="{f:tag(., 'p')}">
        <xsl:attribute name="class" select="'t'"/>
        <a class="pn" href="#{@p:anchor}">
          <span class="vh"><xsl:value-of select="$vp:paragraph"/></span>
          <xsl:value-of select="@p:unit"/>
        </a>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="." mode="m:lead"/>
        <xsl:apply-templates mode="m:html"/>
      </xsl:element>
      <xsl:if test="$has-notes">
        <xsl:apply-templates select="." mode="m:notes-of-unit"/>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- Blocks of one or more lines. -->
  <xsl:template match="tei:p | tei:ab | tei:trailer | tei:byline | tei:epigraph | tei:argument
    | tei:docTitle | tei:titlePage | tei:docImprint | tei:docAuthor | tei:docDate | tei:titlePart
    | tei:address | tei:addrLine | tei:speaker | tei:stage" mode="m:html" as="element()">
    <xsl:call-template name="t:block"/>
  </xsl:template>

  <!-- Blocks where they stand alone, phrases among words. -->
  <xsl:template match="tei:dateline | tei:salute | tei:signed | tei:seg | tei:fw | tei:label | tei:bibl"
    mode="m:html" as="element()">
    <xsl:call-template name="t:block">
      <xsl:with-param name="tag" select="if (f:is-among-words(.)) then 'span' else 'p'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Groups of blocks. -->
  <xsl:template match="tei:opener | tei:closer | tei:postscript | tei:sp | tei:lg | tei:floatingText"
    mode="m:html" as="element(div)">
    <div class="{f:classes(., local-name())}">
      <xsl:call-template name="t:common"/>
      <xsl:call-template name="t:children"/>
    </div>
  </xsl:template>

  <!-- The endings of a document, as one group. -->
  <xsl:key name="kp:endings" match="tei:closer | tei:postscript" use="'all'"/>

  <!-- Where the document ends, in its own words: the first closer or postscript can be jumped to. -->
  <xsl:template mode="m:html" as="element(div)" priority="1" match="(tei:closer | tei:postscript)
    [. is key('kp:endings', 'all')[1]]">
    <div class="end" id="end">
      <xsl:next-match/>
    </div>
  </xsl:template>

  <!-- A line of verse. -->
  <xsl:template match="tei:l" mode="m:html" as="element(span)">
    <span class="l">
      <xsl:call-template name="t:common"/>
      <xsl:apply-templates mode="m:html"/>
    </span>
  </xsl:template>

  <!-- A quotation, with or without blocks. -->
  <xsl:template match="tei:quote | tei:cit | tei:q | tei:said" mode="m:html" as="element()">
    <xsl:call-template name="t:block">
      <xsl:with-param name="tag" select="'span'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A picture: its words. The image itself is not part of a transcript. -->
  <xsl:template match="tei:figure" mode="m:html" as="element(figure)">
    <figure class="figure">
      <xsl:call-template name="t:common"/>
      <xsl:call-template name="t:children"/>
    </figure>
  </xsl:template>

  <!-- Words about a picture. -->
  <xsl:template match="tei:figDesc" mode="m:html" as="element()">
    <xsl:call-template name="t:block"/>
  </xsl:template>

  <!-- The file of a picture, named and not loaded. -->
  <xsl:template match="tei:graphic | tei:media" mode="m:html" as="element(span)">
    <span class="graphic" data-url="{@url}">
      <xsl:value-of select="f:label('text.image', @url)"/>
      <xsl:if test="node()">
        <xsl:text>: </xsl:text>
        <xsl:call-template name="t:children"/>
      </xsl:if>
    </span>
  </xsl:template>

  <!-- A new line: shown in the diplomatic view and wherever lines matter; else a blank. -->
  <xsl:template match="tei:lb" mode="m:html" as="node()*">
    <xsl:if test="not(@break = 'no')">
      <xsl:text> </xsl:text>
    </xsl:if>
    <br class="lb"/>
  </xsl:template>

  <!-- A new page or column of the original. -->
  <xsl:template match="tei:pb | tei:cb" mode="m:html" as="element(span)">
    <xsl:variable name="key" as="xs:string" select="if (self::tei:pb) then 'text.page' else 'text.column'"/>
    <span class="pb">
      <xsl:call-template name="t:common"/>
      <xsl:value-of select="f:label($key, string(@n))"/>
    </span>
  </xsl:template>

  <!-- A division without a name, drawn as a rule where the transcript drew one. -->
  <xsl:template match="tei:milestone" mode="m:html" as="element(span)">
    <span class="{f:classes(., ('milestone', @unit))}">
      <xsl:value-of select="@n"/>
    </span>
  </xsl:template>
</xsl:stylesheet>
