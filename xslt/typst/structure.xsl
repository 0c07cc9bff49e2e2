<?xml version="1.0" encoding="UTF-8"?>
<!--
  Blocks of a document: divisions, headings, paragraphs, and the parts of a paper.
  Input: elements of a document after the passes in transforms/. Output: lines of Typst, one for a
  block, each ending in the place that it came from.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:typst:structure:function"
  xmlns:tp="urn:diplomatic:typst:structure:template"
  xmlns:p="urn:diplomatic:pass"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- Lines of Typst for blocks; what has no template is handled by typst/unhandled.xsl. -->
  <xsl:mode name="m:block" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Elements that are blocks wherever they stand. -->
  <xsl:variable name="v:blocks" as="xs:string+" select="
    'div', 'p', 'ab', 'list', 'listBibl', 'table', 'lg', 'sp', 'opener', 'closer', 'postscript', 'head',
    'floatingText', 'dateline', 'signed', 'salute', 'trailer', 'stamp', 'byline', 'argument', 'epigraph',
    'titlePage', 'group', 'address', 'listPerson', 'castList', 'eTree', 'div1', 'div2', 'div3', 'div4'"/>
  <!-- Elements that are blocks where they stand between blocks. -->
  <xsl:variable name="v:blocks-between" as="xs:string+" select="
    'gap', 'space', 'figure', 'fw', 'quote', 'cit', 'l', 'stage', 'note', 'milestone', 'label', 'bibl', 'speaker',
    'pb', 'cb', 'lb', 'anchor', 'handShift'"/>
  <!-- Elements whose children are blocks and not words. -->
  <xsl:variable name="v:holders" as="xs:string+" select="
    'body', 'front', 'back', 'div', 'lg', 'sp', 'postscript', 'listBibl', 'text', 'group', 'floatingText'"/>

  <!-- Whether a node is set as a block. -->
  <xsl:function name="f:is-block" as="xs:boolean" visibility="public">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="name" as="xs:string" select="local-name($node)"/>
    <xsl:variable name="parent" as="xs:string" select="local-name($node/..)"/>
    <xsl:sequence select="$node instance of element() and (
      $name = $v:blocks
      or ($name = $v:blocks-between and $parent = $v:holders)
      or ($name = ('quote', 'cit') and exists($node/(p, l, lg)))
      or ($parent = $v:holders and exists($node/(*:p, *:head, *:div, *:opener, *:list, *:table)))
      or ($name = 'figure' and exists($node/graphic))
      or ($parent = ('opener', 'closer') and empty($node/../text()[normalize-space()])
        and not($name = ('lb', 'pb', 'cb'))))"/>
  </xsl:function>

  <!-- Whether a node is only the layout of the XML file. -->
  <xsl:function name="f:is-layout" as="xs:boolean" visibility="public">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node instance of comment() or $node instance of processing-instruction()
      or ($node instance of text() and not(normalize-space($node)))"/>
  </xsl:function>

  <!-- The words of an element as one content. -->
  <xsl:function name="f:inline" as="xs:string" visibility="public">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="expressions" as="xs:string*">
      <xsl:apply-templates select="$nodes" mode="m:inline"/>
    </xsl:variable>
    <xsl:sequence select="f:body($expressions)"/>
  </xsl:function>

  <!-- Lines for the blocks in an element that has no words of its own; loose words become lines. -->
  <xsl:template match="div | body | front | back | group | text | sp | div1 | div2 | div3 | div4" mode="m:block"
    as="xs:string*">
    <xsl:call-template name="t:flow"/>
  </xsl:template>

  <!-- Element by element: blocks by their templates, stretches of words as paragraphs. -->
  <xsl:template name="t:flow" as="xs:string*">
    <xsl:context-item as="element()" use="required"/>
    <!-- The paragraph number and label of the first stretch of words. -->
    <xsl:param name="number" as="xs:string" select="''"/>
    <!-- Whether the first stretch of words is set without indent. -->
    <xsl:param name="lead" as="xs:boolean" select="true()"/>
    <xsl:param name="inset" as="xs:decimal" select="0" tunnel="yes"/>
    <xsl:variable name="element" as="element()" select="."/>
    <xsl:for-each-group select="node()[not(self::comment() or self::processing-instruction())]"
      group-adjacent="f:is-block(.)">
      <xsl:variable name="first" as="xs:boolean"
        select="empty(current-group()[1]/preceding-sibling::node()[not(f:is-layout(.))])"/>
      <xsl:variable name="words" as="xs:string" select="if (current-grouping-key()) then ''
        else f:inline((fp:page-before($element)[$first], current-group()))"/>
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:apply-templates select="current-group()" mode="m:block"/>
        </xsl:when>
        <xsl:when test="$words ne '[]'">
          <xsl:sequence select="f:line(f:call('para', (
            f:string(if ($first) then $number else ''),
            f:string(if ($first and $element/@p:anchor) then f:destination($element/@p:anchor, $element) else ''),
            $words,
            f:named('lead', string($lead or not($first))), f:named('inset', $inset || 'em'),
            f:named('rtl', 'true')[f:direction-of($element) = 'rtl'])), $element)"/>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- The mark of a page of the source that begins before a paragraph: it stands in its first line. -->
  <xsl:function name="fp:page-before" as="element(pb)?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/self::p/preceding-sibling::node()[not(f:is-layout(.))][1]/self::pb"/>
  </xsl:function>

  <!-- Whether a paragraph follows something else than a paragraph, so that it is not indented. -->
  <xsl:function name="fp:is-lead" as="xs:boolean">
    <xsl:param name="paragraph" as="element()"/>
    <xsl:variable name="before" as="element()?"
      select="$paragraph/preceding-sibling::*[not(self::pb or self::lb or self::cb or self::anchor)][1]"/>
    <xsl:variable name="division" as="element()?" select="$paragraph/parent::div"/>
    <xsl:sequence select="if ($before) then not($before/(self::p | self::list | self::quote | self::lg | self::table))
      else not($division/preceding-sibling::*[1]/(self::p | self::div))"/>
  </xsl:function>

  <!-- A paragraph; one that holds lists or tables is set around them. -->
  <xsl:template match="p" mode="m:block" as="xs:string*">
    <xsl:call-template name="t:flow">
      <xsl:with-param name="number" select="string(@p:unit)"/>
      <xsl:with-param name="lead" select="fp:is-lead(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ============================================================ headings -->

  <!-- How deep a heading is: one below the nearest division around it that has one. -->
  <xsl:function name="fp:level" as="xs:integer">
    <xsl:param name="head" as="element()"/>
    <xsl:sequence select="if (fp:is-further(($head))) then 0
      else 2 + count($head/../ancestor::*[self::div or self::floatingText/body][head])"/>
  </xsl:function>

  <!-- Whether a heading is a second line of the one before it. -->
  <xsl:function name="fp:is-further" as="xs:boolean">
    <xsl:param name="head" as="element()"/>
    <xsl:sequence select="exists($head/preceding-sibling::head) or not($head/parent::div)"/>
  </xsl:function>

  <!-- What a heading is: of the paper (main, sub), of an entry, of a section. -->
  <xsl:function name="fp:head-kind" as="xs:string">
    <xsl:param name="head" as="element()"/>
    <xsl:sequence select="if ($head/@type = ('main', 'sub')) then $head/@type
      else if ($head/parent::div/@type = 'entry') then 'entry'
      else if ($head/preceding-sibling::head) then 'sub'
      else if ($head/parent::div[@type = 'section'] or $head/ancestor::div[2]) then 'section' else 'main'"/>
  </xsl:function>

  <!-- A heading of a division. -->
  <xsl:template match="head" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('head', (f:string(fp:head-kind(.)), string(fp:level(.)),
      f:string(@p:anchor ! f:destination(., current())), f:inline(node()))), .)"/>
  </xsl:template>

  <!-- A heading of a list or table: a line. -->
  <xsl:template match="(list | listBibl | table | lg | figure)/head" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('plain-line', f:inline(node())), .)"/>
  </xsl:template>

  <!-- ============================================================ the head and foot of a paper -->

  <!-- The head of a paper with stamps: stamps left, all else right; datelines and salutations after. -->
  <xsl:template match="opener[stamp]" mode="m:block" as="xs:string*">
    <xsl:variable name="apart" as="element()*" select="dateline | salute | signed | byline | seg[list]"/>
    <xsl:variable name="stamps" as="xs:string*">
      <xsl:apply-templates select="stamp" mode="m:block"/>
    </xsl:variable>
    <xsl:variable name="words" as="node()*" select="node() except (stamp | $apart)"/>
    <xsl:variable name="references" as="xs:string*">
      <xsl:for-each-group select="$words[not(f:is-layout(.))]"
        group-adjacent="self::text() or not(f:is-block(.))">
        <xsl:sequence select="if (current-grouping-key()) then f:inline(current-group())
          else current-group() ! f:inline(.)"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="f:line(f:call('docket', (f:array($stamps ! ('{ ' || . || '}')), f:array($references))), .)"/>
    <xsl:apply-templates select="$apart" mode="m:block"/>
  </xsl:template>

  <!-- A head without stamps: its references and markings right, datelines and salutations after. -->
  <xsl:template match="opener" mode="m:block" as="xs:string*">
    <xsl:for-each-group select="node()[not(f:is-layout(.))]"
      group-adjacent="if (self::dateline or self::salute or self::signed or self::byline or self::seg[list]) then 'own'
        else if (f:is-block(.)) then 'reference' else 'words'">
      <xsl:choose>
        <xsl:when test="current-grouping-key() = 'own'">
          <xsl:apply-templates select="current-group()" mode="m:block"/>
        </xsl:when>
        <xsl:when test="current-grouping-key() = 'reference'">
          <xsl:sequence select="f:line(f:call('docket',
            ('()', f:array(current-group() ! f:inline(.)))), current-group()[1])"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="f:line(f:call('dateline', f:inline(current-group())), ..)"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Place and date. -->
  <xsl:template match="dateline | byline" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('dateline', f:inline(node())), .)"/>
  </xsl:template>

  <!-- A salutation. -->
  <xsl:template match="salute" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('salute', f:inline(node())), .)"/>
  </xsl:template>

  <!-- A signature, or other words in the place of one. -->
  <xsl:template match="signed | trailer" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('signed', (f:inline(node()), fp:further(.))), .)"/>
  </xsl:template>

  <!-- The argument of a line that goes on with the signatures before it. -->
  <xsl:function name="fp:further" as="xs:string?">
    <xsl:param name="line" as="element()"/>
    <xsl:sequence select="f:named('further', 'true')[$line/preceding-sibling::node()[not(f:is-layout(.))][1]
      [name() = name($line) or self::signed]]"/>
  </xsl:function>

  <!-- The end of a paper: its parts, or its words right. -->
  <xsl:template match="closer" mode="m:block" as="xs:string*">
    <xsl:for-each-group select="node()[not(self::comment() or self::processing-instruction())]"
      group-adjacent="f:is-block(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:apply-templates select="current-group()" mode="m:block"/>
        </xsl:when>
        <xsl:when test="exists(current-group()[not(f:is-layout(.))])">
          <xsl:sequence select="f:line(f:call('signed', f:inline(current-group())), ..)"/>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Other parts of a closer or opener that stand alone. -->
  <xsl:template match="(closer | opener)/(seg | date | idno | name | persName | orgName | placeName | roleName)"
    mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('signed', (f:inline(.), fp:further(.))), .)"/>
  </xsl:template>

  <!-- A copies list in the head: lines of office, as after the signature. -->
  <xsl:template match="opener/seg[list]" mode="m:block" as="xs:string" priority="1">
    <xsl:variable name="lines" as="xs:string*">
      <xsl:apply-templates select="list" mode="m:block">
        <xsl:with-param name="inset" select="0" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:sequence select="f:line(f:call('office-lines', f:lines($lines)), .)"/>
  </xsl:template>

  <!-- What follows the signature: lines of office kept together, paragraphs as paragraphs. -->
  <xsl:template match="postscript" mode="m:block" as="xs:string*">
    <xsl:for-each-group select="*" group-adjacent="if (self::label[following-sibling::*[1]/self::p]) then 'label'
      else if (self::ab or self::label or self::stamp) then 'line' else local-name()">
      <xsl:variable name="lines" as="xs:string*">
        <xsl:apply-templates select="current-group()" mode="m:block">
          <xsl:with-param name="inset" select="0" tunnel="yes"/>
        </xsl:apply-templates>
      </xsl:variable>
      <xsl:sequence select="if (current-grouping-key() = ('line', 'list'))
        then f:line(f:call('office-lines', f:lines($lines)), ..) else $lines"/>
    </xsl:for-each-group>
  </xsl:template>

  <!-- A letterhead. -->
  <xsl:template match="fw[@type = 'letterhead']" mode="m:block" as="xs:string" priority="1">
    <xsl:sequence select="f:line(f:call('letterhead', f:inline(node())), .)"/>
  </xsl:template>

  <!-- A page number between blocks, as the transcript has it. -->
  <xsl:template match="fw[@type = 'pageNum']" mode="m:block" as="xs:string" priority="1">
    <xsl:sequence select="f:line(f:call('page-line', f:inline(node())), .)"/>
  </xsl:template>

  <!-- The same in the line. -->
  <xsl:template match="fw[@type = 'pageNum']" mode="m:inline" as="xs:string">
    <xsl:sequence select="f:call('residue', f:inline(node()))"/>
  </xsl:template>

  <!-- A running header of the paper. -->
  <xsl:template match="fw" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('furniture', f:inline(node())), .)"/>
  </xsl:template>

  <!-- A line of its own. -->
  <xsl:template match="ab | label | stage | l | address" mode="m:block" as="xs:string*">
    <xsl:choose>
      <xsl:when test="@p:unit or *[f:is-block(.)]">
        <xsl:call-template name="t:flow">
          <xsl:with-param name="number" select="string(@p:unit)"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="f:line(f:call('plain-line', f:inline(node())), .)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A speaker's name. -->
  <xsl:template match="speaker" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('speaker', f:inline(node())), .)"/>
  </xsl:template>

  <!-- A passage set off: verse, quotation, argument. -->
  <xsl:template match="lg | quote | cit | epigraph | argument" mode="m:block" as="xs:string">
    <xsl:param name="inset" as="xs:decimal" select="0" tunnel="yes"/>
    <xsl:variable name="lines" as="xs:string*">
      <xsl:call-template name="t:flow">
        <xsl:with-param name="inset" select="$inset + 1.5" tunnel="yes"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:sequence select="f:line(f:call('set-off', f:lines($lines)), .)"/>
  </xsl:template>

  <!-- An enclosed paper. -->
  <xsl:template match="floatingText" mode="m:block" as="xs:string">
    <xsl:variable name="lines" as="xs:string*">
      <xsl:apply-templates select="front/*, body/*, back/*" mode="m:block"/>
    </xsl:variable>
    <xsl:sequence select="f:line(f:call('enclosure', f:lines($lines)), .)"/>
  </xsl:template>

  <!-- A rule of the paper; other milestones show nothing. -->
  <xsl:template match="milestone" mode="m:block" as="xs:string?">
    <xsl:sequence select="f:line('divider()', .)[f:rend(current(), 'rule')]"/>
  </xsl:template>
</xsl:stylesheet>
