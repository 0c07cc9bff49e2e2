<?xml version="1.0" encoding="UTF-8"?>
<!--
  Rebuilds the words of a transcript from its TEI document alone, for the proof of fidelity.
  Input: a TEI document as the encoder writes it. Output: text, in which one line feed stands where
  a line of the transcript begins and a blank where words part; runs of both mean what the
  strongest of them means. Shares no code with the encoder, and no table either: what it knows is
  the encoding guide. An element it does not know passes its text on, as a phrase does.
-->
<xsl:package name="urn:diplomatic:transcript" version="3.0" declared-modes="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  expand-text="yes" exclude-result-prefixes="#all">

  <xsl:output method="text" encoding="UTF-8"/>

  <!-- The text of the transcript. Unknown elements pass their text on. -->
  <xsl:mode name="m:words" on-no-match="text-only-copy" on-multiple-match="use-last" visibility="final"/>
  <!-- The same, for what stands between the signs of an element. -->
  <xsl:mode name="m:inside" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Voices of this edition: what they add is not in the transcript. -->
  <xsl:variable name="v:ours" as="xs:string+" select="'#ed', '#tool'"/>
  <!-- Elements whose words, said by this edition, are an addition and not only a judgement. -->
  <xsl:variable name="v:additions" as="xs:string+"
    select="'note', 'supplied', 'expan', 'corr', 'reg', 'gloss', 'ex', 'head', 'gap', 'figure', 'add'"/>
  <!-- Tokens of @rend that name other signs than square brackets, with the signs. -->
  <xsl:variable name="v:signs" as="map(xs:string, xs:string+)" select="map {
    'no-brackets': ('', ''), 'brackets': ('[', ']'), 'round-brackets': ('(', ')'), 'double-brackets': ('[[', ']]'),
    'triple-brackets': ('[[[', ']]]'), 'question-marks': ('?', '?'), 'slashes': ('/', '/') }"/>
  <!-- The same tokens, as a list. -->
  <xsl:variable name="v:sign-tokens" as="xs:string+" select="map:keys($v:signs)"/>
  <!-- Elements that hold lines and have none of their own. -->
  <xsl:variable name="v:holders" as="xs:string+" select="
    'text', 'front', 'body', 'back', 'group', 'floatingText', 'div', 'opener', 'postscript', 'list',
    'listBibl', 'table', 'sp', 'lg', 'address', 'quote', 'cit'"/>
  <!-- What an element is to lines, by its name, so that asking takes one step: `line` always
       begins one, `holder` as above, `label` and `bibl` depend on what they stand in. -->
  <xsl:variable name="v:roles" as="map(xs:string, xs:string)" select="map:merge((
    ('p', 'ab', 'item', 'row', 'head', 'closer', 'dateline', 'salute', 'signed', 'trailer', 'speaker',
      'stage', 'l', 'addrLine', 'byline', 'argument', 'epigraph') ! map:entry(., 'line'),
    $v:holders ! map:entry(., 'holder'), ('label', 'bibl') ! map:entry(., .)))"/>

  <!-- Begin with the text; the header holds nothing of the transcript that the text has not. -->
  <xsl:template match="/" as="item()*" mode="m:words">
    <xsl:apply-templates select="TEI/text" mode="m:words"/>
  </xsl:template>

  <!-- The default entry: the same. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template match="/" as="item()*">
    <xsl:apply-templates select="." mode="m:words"/>
  </xsl:template>

  <!-- ============================================================ lines -->

  <!-- Whether an element begins a line of the transcript, or holds elements that do. -->
  <xsl:function name="f:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="role" as="xs:string?" select="$v:roles(local-name($element))"/>
    <xsl:sequence select="
      if ($role = 'line') then true()
      else if ($role = 'holder') then not($element/(self::quote|self::cit) and f:in-phrase($element))
      else if ($role = 'label') then local-name($element/..) = ('list', 'postscript', 'div')
      else if ($role = 'bibl') then exists($element/parent::listBibl)
      else if ($element/(parent::opener|parent::closer)) then exists($element/(self::seg|self::stamp))
        or not(f:in-phrase($element))
      else $v:roles(local-name($element/..)) = 'holder'"/>
  </xsl:function>

  <!-- Whether an element stands among words of its parent, as a phrase does. -->
  <xsl:function name="f:in-phrase" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/../text()[normalize-space()])"/>
  </xsl:function>

  <!-- Whether nothing of the line that surrounds an element stands before it: the line was begun
       by what surrounds it. The label of a note does not count. -->
  <xsl:function name="f:opens-its-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="parent" as="element()?" select="$element/parent::*"/>
    <xsl:sequence select="if ($element/preceding-sibling::*[not(self::seg[@type = 'label'])]) then false()
      else if ($element/preceding-sibling::text()[normalize-space()] or empty($parent)) then false()
      else if ($v:roles(local-name($parent)) = 'holder')
        then not($parent/self::div or $parent/self::text) and f:opens-its-block($parent)
      else true()"/>
  </xsl:function>

  <!-- What parts an element that begins a line from what comes before it. -->
  <xsl:function name="f:separator" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="rend" as="xs:string*" select="tokenize($element/@rend)"/>
    <xsl:sequence select="
      if ($rend = 'adjacent') then ''
      else if ($rend = 'run-in') then ' '
      else if ($element/self::item/preceding-sibling::*[1]/self::label) then ' '
      else if (f:opens-its-block($element))
        then if ($element/preceding-sibling::seg/@type = 'label') then ' ' else ''
      else '&#10;'"/>
  </xsl:function>

  <!-- Whether words follow an element on a line of their own: text after a list in a paragraph. -->
  <xsl:function name="f:words-follow" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="next" as="node()?"
      select="$element/following-sibling::node()[self::* or self::text()[normalize-space()]][1]"/>
    <xsl:sequence select="$next instance of text()
      or ($next instance of element() and not(f:is-block($next)))"/>
  </xsl:function>

  <!-- An element that begins a line: the break, its words, and a break before loose words. -->
  <xsl:template match="*[f:is-block(.)]" mode="m:words" as="item()*" priority="20">
    <xsl:if test="@rend or not($v:roles(local-name()) = 'holder')">{f:separator(.)}</xsl:if>
    <xsl:next-match/>
    <xsl:if test="f:words-follow(.)">{'&#10;'}</xsl:if>
  </xsl:template>

  <!-- A rule: the strokes that it was typed with. -->
  <xsl:template match="milestone[@rend = 'rule']" mode="m:words" as="text()">{string(@n)}</xsl:template>

  <!-- A row whose cells are parted by upright bars. -->
  <xsl:template match="row[contains-token(@rend, 'bars')]" mode="m:words" as="item()*">
    <xsl:text>{'|'[contains-token(current()/@rend, 'bar-start')]}</xsl:text>
    <xsl:for-each select="cell">
      <xsl:if test="position() gt 1">|</xsl:if>
      <xsl:apply-templates mode="m:words"/>
    </xsl:for-each>
    <xsl:text>{'|'[contains-token(current()/@rend, 'bar-end')]}</xsl:text>
  </xsl:template>

  <!-- A row's cells are parted by a blank, unless one says that nothing parts it. -->
  <xsl:template match="cell[preceding-sibling::cell]" mode="m:words" as="item()*" priority="20">
    <xsl:if test="not(contains-token(@rend, 'adjacent'))">{' '}</xsl:if>
    <xsl:next-match/>
  </xsl:template>

  <!-- A line break inside an element. -->
  <xsl:template match="lb" mode="m:words" as="text()">{'&#10;'}</xsl:template>

  <!-- The bullet of an entry in a bibliography. -->
  <xsl:template match="listBibl[contains-token(@rend, 'bulleted')]/bibl[@n]" mode="m:words" as="item()*">
    <xsl:text>{@n} </xsl:text>
    <xsl:apply-templates mode="m:words"/>
  </xsl:template>

  <!-- ============================================================ text -->

  <!-- Blank space of the XML file beside an element that begins a line means nothing. -->
  <xsl:template match="text()[not(normalize-space())][f:is-idle(.)]" mode="m:words" as="empty-sequence()"/>

  <!-- Whether blank space stands beside an element that begins a line, or in one that holds
       only elements. -->
  <xsl:function name="f:is-idle" as="xs:boolean">
    <xsl:param name="text" as="text()"/>
    <xsl:sequence select="local-name($text/..) = ($v:holders, 'row', 'choice', 'subst')
      and not($text/parent::opener and f:in-phrase($text/../*[1]))
      or ($text/(preceding-sibling::*[1], following-sibling::*[1]) ! f:is-block(.)) = true()"/>
  </xsl:function>

  <!-- Words as they are written: a line end in the XML file is a blank. -->
  <xsl:function name="f:written" as="xs:string">
    <xsl:param name="text" as="text()"/>
    <xsl:sequence select="translate($text, '&#10;&#13;', '  ')"/>
  </xsl:function>

  <!-- Words; most have no line end in them, and pass as they are. -->
  <xsl:template match="text()" mode="m:words" as="text()" priority="-1">
    <!-- Whether they are set with a blank after each letter. -->
    <xsl:param name="letterspaced" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$letterspaced">
        <xsl:value-of select="replace(replace(f:written(.), '(\S\p{M}*)', '$1 '), ' $', '')"/>
      </xsl:when>
      <xsl:when test="contains(., '&#10;') or contains(., '&#13;')"><xsl:value-of select="f:written(.)"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Words set with a blank after each letter; marks stay on their letter. -->
  <xsl:template match="*[@rend][contains-token(@rend, 'letterspaced')]" mode="m:words" as="item()*" priority="30">
    <xsl:next-match>
      <xsl:with-param name="letterspaced" select="true()" tunnel="yes"/>
    </xsl:next-match>
  </xsl:template>

  <!-- ============================================================ signs -->

  <!-- Whether an element says something of this edition that the transcript has not. -->
  <xsl:function name="f:is-addition" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="local-name($element) = $v:additions and tokenize($element/@resp) = $v:ours"/>
  </xsl:function>

  <!-- What this edition adds is not in the transcript. -->
  <xsl:template match="*[@resp][f:is-addition(.)]" mode="m:words" as="empty-sequence()" priority="40"/>

  <!-- The opening and closing sign of an element. -->
  <xsl:function name="f:signs" as="xs:string+">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="rend" as="xs:string*" select="tokenize($element/@rend)"/>
    <xsl:variable name="signs" as="xs:string+" select="
      ($v:sign-tokens[. = $rend][1] ! $v:signs(.), if (f:has-brackets($element)) then ('[', ']') else ('', ''))
      [position() le 2]"/>
    <xsl:sequence select="$signs[1][not($rend = 'unopened')], ''[$rend = 'unopened'],
      $signs[2][not($rend = 'unclosed')], ''[$rend = 'unclosed']"/>
  </xsl:function>

  <!-- Whether the transcriber set an element in square brackets where its @rend does not say. -->
  <xsl:function name="f:has-brackets" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="transcriber" as="xs:boolean" select="tokenize($element/@resp) = '#tr'"/>
    <xsl:sequence select="
      if ($element/(self::stamp|self::gap)) then true()
      else if ($element/self::figure) then exists($element/figDesc)
      else if ($element/self::space) then exists($element/desc)
      else if ($element/self::note) then not($element/@type = ('footnote', 'endnote'))
        and ($transcriber or exists($element/seg[@type = 'caption']))
      else if ($element/(self::supplied|self::gloss|self::vocal|self::incident|self::kinesic)) then $transcriber
      else if ($element/self::ex) then true()
      else $transcriber and f:is-second-reading($element)"/>
  </xsl:function>

  <!-- Whether an element is the reading that the transcriber set behind another one. -->
  <xsl:function name="f:is-second-reading" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/parent::choice) and exists($element/preceding-sibling::*)"/>
  </xsl:function>

  <!-- An element with signs: they stand around its words. -->
  <xsl:template match="stamp | gap | figure | note | supplied | gloss | ex | space[desc] | vocal | incident | kinesic
    | choice/* | *[@rend][tokenize(@rend) = ($v:sign-tokens, 'unclosed', 'unopened')]"
    mode="m:words" as="item()*" priority="10">
    <xsl:variable name="rend" as="xs:string*" select="tokenize(@rend)"/>
    <xsl:variable name="signs" as="xs:string+" select="f:signs(.)"/>
    <xsl:choose>
      <xsl:when test="$rend = ('colon-outside', 'label-outside') and seg[@type = 'caption']">
        <xsl:call-template name="t:caption-outside">
          <xsl:with-param name="signs" select="$signs"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>{$signs[1]}</xsl:text>
        <xsl:apply-templates select="." mode="m:inside"/>
        <xsl:text>{$signs[2]}</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An element whose label alone stands in the brackets, with or without a colon behind them. -->
  <xsl:template name="t:caption-outside" as="item()*">
    <xsl:context-item as="element()" use="required"/>
    <!-- The signs of the element, opening and closing. -->
    <xsl:param name="signs" as="xs:string+"/>
    <xsl:for-each select="node()">
      <xsl:variable name="labels" as="xs:boolean" select="exists(self::seg[@type = 'caption']
        [not(preceding-sibling::seg[@type = 'caption'])])"/>
      <xsl:text>{$signs[1][$labels]}</xsl:text>
      <xsl:apply-templates select="." mode="m:words"/>
      <xsl:text>{$signs[2][$labels]}{':'[$labels][contains-token(current()/../@rend, 'colon-outside')]}</xsl:text>
    </xsl:for-each>
  </xsl:template>

  <!-- Between the signs: the words. -->
  <xsl:template match="*" mode="m:inside" as="item()*">
    <xsl:apply-templates mode="m:words"/>
  </xsl:template>

  <!-- A gap: what the transcriber says of it, or the sign of an omission. -->
  <xsl:template match="gap" mode="m:inside" as="item()*">
    <xsl:apply-templates select="desc/node()" mode="m:words"/>
    <xsl:if test="not(desc)">{if (contains-token(@rend, 'points')) then '...' else '…'}</xsl:if>
  </xsl:template>

  <!-- A figure: its description, as far as the transcriber gives it. -->
  <xsl:template match="figure" mode="m:inside" as="item()*">
    <xsl:apply-templates select="* except graphic" mode="m:words"/>
  </xsl:template>

  <!-- A blank that the transcriber describes. -->
  <xsl:template match="space" mode="m:inside" as="item()*">
    <xsl:apply-templates select="desc/node()" mode="m:words"/>
  </xsl:template>

  <!-- A blank of a form: as many signs as it is long. -->
  <xsl:template match="space[not(desc)]" mode="m:words" as="text()">
    <xsl:variable name="sign" as="xs:string" select="if (contains-token(@rend, 'points')) then '.'
      else if (contains-token(@rend, 'ellipsis')) then '…' else '_'"/>
    <xsl:value-of select="for $n in 1 to xs:integer((@quantity, 0)[1]) return $sign" separator=""/>
  </xsl:template>

  <!-- ============================================================ choices -->

  <!-- An abbreviation whose missing letters the transcriber wrote into it: T[rade]. -->
  <xsl:template match="choice[expan[tokenize(@resp) = '#tr']//ex]" mode="m:words" as="item()*">
    <xsl:apply-templates select="expan[tokenize(@resp) = '#tr'][1]/node()" mode="m:words"/>
  </xsl:template>

  <!-- Other choices: the first reading is the transcript's; a second one of the transcriber's
       stands behind it, unless a note already holds the words of its bracket. -->
  <xsl:template match="choice" mode="m:words" as="item()*" priority="-0.1">
    <xsl:apply-templates select="*[1]" mode="m:words"/>
    <xsl:for-each select="*[position() gt 1][tokenize(@resp) = '#tr'][not(@corresp)]">
      <xsl:text>{' '[not(contains-token(current()/@rend, 'adjacent'))]}</xsl:text>
      <xsl:apply-templates select="." mode="m:words"/>
    </xsl:for-each>
  </xsl:template>
</xsl:package>
