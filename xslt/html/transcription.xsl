<?xml version="1.0" encoding="UTF-8"?>
<!--
  Editorial phenomena (chapter 12 of the Guidelines) and what describes the page: stamps, blanks,
  signatures. Input: prepared TEI (pass 10). Output: a mark, which is a link to its entry in
  the apparatus. Brackets are text, so that copying and reading aloud keep them.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:p="urn:diplomatic:pass"
  xmlns:fp="urn:diplomatic:html-transcription:function"
  xmlns:tp="urn:diplomatic:html-transcription:template"
  exclude-result-prefixes="#all">

  <!-- A mark around what the element's own rule makes: a link, or a span where there can be none. -->
  <xsl:template match="*[@p:mark]" mode="m:html" as="element()*" priority="10">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:param name="in-link" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:variable name="linked" as="xs:boolean" select="$live and not($in-link)"/>
    <xsl:element name="{if ($linked) then 'a' else 'span'}">
      <xsl:attribute name="class" select="f:mark-classes(.)" separator=" "/>
      <xsl:if test="$live">
        <xsl:attribute name="id" select="@p:anchor"/>
      </xsl:if>
      <xsl:if test="$linked">
        <xsl:attribute name="href" select="'#a' || @p:mark"/>
      </xsl:if>
      <xsl:apply-templates select="@xml:lang" mode="m:html"/>
      <xsl:next-match>
        <xsl:with-param name="in-link" select="true()" tunnel="yes"/>
      </xsl:next-match>
    </xsl:element>
  </xsl:template>

  <!-- The classes of a mark: what it is, of which sort, whose word; `rend` tokens of its look. -->
  <xsl:function name="f:mark-classes" as="xs:string+">
    <xsl:param name="mark" as="element()"/>
    <xsl:sequence select="distinct-values(('ed', f:sign-id($mark) ! tokenize(., '\.'),
      $mark/@reason, f:tokens($mark/@rend)))"/>
  </xsl:function>

  <!-- Which sign of the key a mark is: `supplied`, `supplied.ours`, `choice.sic` … -->
  <xsl:function name="f:sign-id" as="xs:string">
    <xsl:param name="mark" as="element()"/>
    <xsl:variable name="kind" as="xs:string" select="$mark/@p:kind"/>
    <xsl:sequence select="if ($mark/self::tei:choice) then fp:choice-sign($mark)
      else if (f:is-ours($mark) and $kind = ('supplied', 'sic')) then $kind || '.ours' else $kind"/>
  </xsl:function>

  <!-- Which sort of choice: ours by its first member, the transcript's own, or two readings. -->
  <xsl:function name="fp:choice-sign" as="xs:string">
    <xsl:param name="choice" as="element(tei:choice)"/>
    <xsl:sequence select="if ($choice/*[position() gt 1][f:is-ours(.)] or $choice/tei:unclear)
      then 'choice.' || local-name($choice/*[1])
      else if ($choice/tei:expan/tei:ex) then 'expan' else 'choice.tr'"/>
  </xsl:function>

  <!-- A sign, as text of its own. -->
  <xsl:function name="fp:sign" as="element(span)?">
    <xsl:param name="sign" as="xs:string"/>
    <xsl:if test="$sign ne ''">
      <span class="b"><xsl:value-of select="$sign"/></span>
    </xsl:if>
  </xsl:function>

  <!-- The sign that stands before a mark; not where the transcript has it around its label only. -->
  <xsl:function name="fp:opening" as="element(span)?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="fp:sign(if (fp:has-label-outside($element)) then '' else f:open-sign($element))"/>
  </xsl:function>

  <!-- The sign that stands behind it. -->
  <xsl:function name="fp:closing" as="element(span)?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="fp:sign(if (fp:has-label-outside($element)) then '' else f:close-sign($element))"/>
  </xsl:function>

  <!-- Whether only the label of an element stands in brackets: [handwritten]: words. -->
  <xsl:function name="fp:has-label-outside" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@rend and f:tokens($element/@rend) = ('label-outside', 'colon-outside')
      and exists($element/tei:seg[@type = 'caption'])"/>
  </xsl:function>

  <!-- The label in its brackets. -->
  <xsl:template match="*[not(self::tei:stamp)][fp:has-label-outside(.)]/tei:seg[@type = 'caption'][1]"
    mode="m:html" as="node()*" priority="3">
    <xsl:sequence select="fp:sign(f:open-sign(..))"/>
    <xsl:next-match/>
    <xsl:sequence select="fp:sign(f:close-sign(..))"/>
    <xsl:if test="f:rend(.., 'colon-outside')">:</xsl:if>
  </xsl:template>

  <!-- Signs that @rend names around an element that has none by itself. -->
  <xsl:template mode="m:html" as="node()*" priority="9" match="*[@rend][f:names-signs(.)][not(self::tei:supplied
    or self::tei:gloss or self::tei:note or self::tei:gap or self::tei:figure or self::tei:stamp
    or self::tei:space or parent::tei:choice)]">
    <xsl:sequence select="fp:sign(f:open-sign(.))"/>
    <xsl:next-match/>
    <xsl:sequence select="fp:sign(f:close-sign(.))"/>
  </xsl:template>

  <!-- What stands in brackets: words supplied, glosses, remarks, sounds. -->
  <xsl:template match="tei:supplied | tei:gloss[@resp] | tei:note | (tei:vocal | tei:incident | tei:kinesic)[@resp]"
    mode="m:html" as="node()*">
    <xsl:sequence select="fp:opening(.)"/>
    <xsl:apply-templates mode="m:html"/>
    <xsl:sequence select="fp:closing(.)"/>
  </xsl:template>

  <!-- Hidden words for a sign that is drawn. -->
  <xsl:template name="tp:hidden" as="element(span)">
    <xsl:param name="words" as="xs:string" required="yes"/>
    <span class="vh"><xsl:value-of select="$words"/></span>
  </xsl:template>

  <!-- How wide a drawn sign is: x1 to x8. -->
  <xsl:function name="fp:width" as="xs:string">
    <xsl:param name="letters" as="xs:double"/>
    <xsl:sequence select="'x' || (if ($letters le 6) then xs:integer(max((1, $letters)))
      else if ($letters le 20) then 7 else 8)"/>
  </xsl:function>

  <!-- What cannot be read: a hatched box, and the transcript's words for it, hidden. -->
  <xsl:template match="tei:gap" mode="m:html" as="node()*">
    <xsl:variable name="reason" as="xs:string"
      select="f:first-label(('explain.gap.' || @reason, 'explain.gap'))"/>
    <xsl:variable name="extent" as="xs:string?" select="f:extent(.)"/>
    <xsl:call-template name="tp:hidden">
      <xsl:with-param name="words" select="
        if (tei:desc) then f:open-sign(.) || f:plain(tei:desc/node()) || f:close-sign(.)
        else if ($extent) then f:label('sign.gap.extent', ($extent, lower-case($reason)))
        else '[…]'"/>
    </xsl:call-template>
    <span class="hatch {fp:width(f:letters(.))}" aria-hidden="true"></span>
  </xsl:template>

  <!-- What someone left out: the transcript's own sign. -->
  <xsl:template match="tei:gap[f:mark-kind(.) = 'omission']" mode="m:html" as="node()*" priority="2">
    <xsl:sequence select="fp:opening(.)"/>
    <xsl:apply-templates select="tei:desc/node()" mode="m:html"/>
    <xsl:if test="not(tei:desc)">
      <xsl:value-of select="if (f:rend(., 'points')) then '...' else '…'"/>
    </xsl:if>
    <xsl:sequence select="fp:closing(.)"/>
  </xsl:template>

  <!-- A gap, blank or note between blocks has a line of its own. -->
  <xsl:template priority="11" mode="m:html" as="element()" match="(tei:gap | tei:space | tei:figure | tei:stamp
    | tei:note[not(@p:note)])[parent::tei:div or parent::tei:body or parent::tei:postscript]">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$live">
        <div class="line {@p:kind}">
          <xsl:next-match/>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <xsl:next-match/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An uncertain reading. -->
  <xsl:template match="tei:unclear" mode="m:html m:member" as="node()*">
    <span class="uncertain">
      <xsl:apply-templates mode="m:html"/>
    </span>
    <xsl:if test="not(f:names-signs(.))">
      <sup class="doubt">(?)</sup>
    </xsl:if>
  </xsl:template>

  <!-- A choice with a member of ours: one view has the transcript's, the other ours. -->
  <xsl:template match="tei:choice[*[position() gt 1][f:is-ours(.)]]" mode="m:html" as="node()*" priority="1">
    <span class="was {local-name(*[1])}">
      <xsl:apply-templates select="*[1]" mode="m:member"/>
    </span>
    <span class="now {local-name(f:reading-member(.))}">
      <xsl:apply-templates select="f:reading-member(.)" mode="m:member"/>
    </span>
  </xsl:template>

  <!-- A choice that is the transcript's: what it has, and what it put behind in brackets; where a
       note holds those words (@corresp), the note shows them. -->
  <xsl:template match="tei:choice" mode="m:html" as="node()*">
    <xsl:apply-templates select="*[1]" mode="m:member"/>
    <xsl:for-each select="*[position() gt 1][not(@corresp)][not(.//tei:ex)][not(self::tei:unclear)]">
      <xsl:value-of select="' '[not(f:rend(current(), 'adjacent'))]"/>
      <xsl:sequence select="fp:opening(.)"/>
      <xsl:apply-templates select="." mode="m:member"/>
      <xsl:sequence select="fp:closing(.)"/>
    </xsl:for-each>
  </xsl:template>

  <!-- An abbreviation that the transcript wrote out within the word: T[rade]. -->
  <xsl:template match="tei:choice[tei:expan[tei:ex][not(f:is-ours(.))]]" mode="m:html" as="node()*" priority="0.8">
    <xsl:apply-templates select="tei:expan" mode="m:member"/>
  </xsl:template>

  <!-- The words of a member of a choice; the choice has the mark. -->
  <xsl:mode name="m:member" on-no-match="fail" on-multiple-match="use-last"/>

  <!-- A member. -->
  <xsl:template match="*" mode="m:member" as="node()*">
    <xsl:apply-templates mode="m:html"/>
  </xsl:template>

  <!-- An abbreviation of the document. -->
  <xsl:template match="tei:abbr" mode="m:member m:html" as="element(abbr)">
    <abbr>
      <xsl:apply-templates mode="m:html"/>
    </abbr>
  </xsl:template>

  <!-- An abbreviation that this edition writes out, in its brackets. -->
  <xsl:template match="tei:choice/tei:expan[f:is-ours(.)][not(tei:ex)]" mode="m:member" as="node()*">
    <xsl:sequence select="fp:opening(.)"/>
    <xsl:apply-templates mode="m:html"/>
    <xsl:sequence select="fp:closing(.)"/>
  </xsl:template>

  <!-- Letters that an abbreviation left out. -->
  <xsl:template match="tei:ex" mode="m:html" as="node()*">
    <span class="b"><xsl:value-of select="if (f:is-ours(..)) then '⟨' else '['"/></span>
    <xsl:apply-templates mode="m:html"/>
    <span class="b"><xsl:value-of select="if (f:is-ours(..)) then '⟩' else ']'"/></span>
  </xsl:template>

  <!-- As written: the transcript's [SIC] stays its sign. -->
  <xsl:template match="tei:sic" mode="m:html" as="node()*">
    <span class="as-written">
      <xsl:apply-templates mode="m:html"/>
    </span>
  </xsl:template>

  <!-- As written, by our judgement: our sign is not in the transcript. -->
  <xsl:template match="tei:sic[@p:mark][f:is-ours(.)]" mode="m:html" as="node()*">
    <xsl:next-match/>
    <span class="ours-sign"><xsl:value-of select="'⟨' || f:label('sign.sic') || '⟩'"/></span>
  </xsl:template>

  <!-- The words [SIC] themselves. -->
  <xsl:template match="tei:note[@p:part-of]" mode="m:html" as="element(span)" priority="3">
    <span class="sic-sign">
      <xsl:value-of select="f:open-sign(.)"/>
      <xsl:apply-templates mode="m:html"/>
      <xsl:value-of select="f:close-sign(.)"/>
    </span>
  </xsl:template>

  <!-- Written in by someone. -->
  <xsl:template match="tei:add" mode="m:html" as="element(ins)">
    <ins><span class="b" aria-hidden="true">⌃</span><xsl:apply-templates mode="m:html"/><span class="b" aria-hidden="true">⌃</span></ins>
  </xsl:template>

  <!-- Struck out. -->
  <xsl:template match="tei:del" mode="m:html" as="element(del)">
    <del>
      <xsl:apply-templates mode="m:html"/>
    </del>
  </xsl:template>

  <!-- Words marked without a sign of their own: the class shows them. -->
  <xsl:template match="tei:subst | tei:damage | tei:corr | tei:orig | tei:reg | tei:expan | tei:secl
    | tei:restore" mode="m:html" as="node()*">
    <xsl:apply-templates mode="m:html"/>
  </xsl:template>

  <!-- Left blank, in the transcript's words. -->
  <xsl:template match="tei:space[tei:desc]" mode="m:html" as="node()*" priority="1">
    <xsl:sequence select="fp:opening(.)"/>
    <xsl:apply-templates select="tei:desc/node()" mode="m:html"/>
    <xsl:sequence select="fp:closing(.)"/>
  </xsl:template>

  <!-- Left blank: a rule as long as the transcript's. -->
  <xsl:template match="tei:space" mode="m:html" as="node()*">
    <xsl:variable name="count" as="xs:integer" select="xs:integer(max((1, f:letters(.))))"/>
    <xsl:call-template name="tp:hidden">
      <xsl:with-param name="words" select="f:label('sign.space')"/>
    </xsl:call-template>
    <span class="rule {fp:width(f:letters(.))}" aria-hidden="true">
      <xsl:value-of select="string-join((1 to min((80, $count))) ! (if (f:rend(current(), 'points')) then '.'
        else if (f:rend(current(), 'ellipsis')) then '…' else '_'))"/>
    </span>
  </xsl:template>

  <!-- Residue of a template, a slip of the typist: not in the reading view, but its place is. -->
  <xsl:template match="tei:surplus" mode="m:html" as="node()*">
    <span class="was">
      <xsl:apply-templates mode="m:html"/>
    </span>
    <span class="now">
      <xsl:call-template name="tp:hidden">
        <xsl:with-param name="words" select="f:label('sign.surplus')"/>
      </xsl:call-template>
      <span aria-hidden="true">{…}</span>
    </span>
  </xsl:template>

  <!-- Another hand. -->
  <xsl:template match="tei:handShift" mode="m:html" as="node()*">
    <xsl:call-template name="tp:hidden">
      <xsl:with-param name="words" select="f:label('sign.handShift')"/>
    </xsl:call-template>
    <span aria-hidden="true">✎</span>
  </xsl:template>

  <!-- A signature or seal: described in the transcript's brackets, not quoted. -->
  <xsl:template match="tei:figure[@type = ('signature', 'seal')]" mode="m:html" as="node()*">
    <xsl:sequence select="fp:opening(.)"/>
    <xsl:apply-templates select="tei:figDesc/node()" mode="m:html"/>
    <xsl:if test="not(tei:figDesc)">
      <xsl:value-of select="f:label('sign.' || @type)"/>
    </xsl:if>
    <xsl:sequence select="fp:closing(.)"/>
  </xsl:template>

  <!-- A stamp, in its own lines; its caption is the mark. -->
  <xsl:template match="tei:stamp" mode="m:html" as="element(span)" priority="10.5">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:variable name="caption" as="xs:string"
      select="(.//tei:seg[@type = 'caption']/f:bare-label(.), f:label('sign.stamp'))[1]"/>
    <span role="figure" aria-label="{$caption}">
      <xsl:attribute name="class" select="distinct-values(('stamp', @type, f:tokens(@rend)))" separator=" "/>
      <xsl:if test="not(.//tei:seg[@type = 'caption'])">
        <xsl:call-template name="tp:caption">
          <xsl:with-param name="stamp" select="."/>
          <xsl:with-param name="words" as="text()">
            <xsl:value-of select="$caption"/>
          </xsl:with-param>
          <xsl:with-param name="ours" select="true()"/>
        </xsl:call-template>
      </xsl:if>
      <xsl:apply-templates mode="m:html"/>
    </span>
  </xsl:template>

  <!-- The caption on the rule: where the transcript has it, or ours before the first line. -->
  <xsl:template name="tp:caption" as="element()">
    <xsl:param name="stamp" as="element(tei:stamp)" required="yes"/>
    <xsl:param name="words" as="node()*" required="yes"/>
    <xsl:param name="ours" as="xs:boolean" required="yes"/>
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:param name="in-link" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:element name="{if ($live and not($in-link)) then 'a' else 'span'}">
      <xsl:attribute name="class" select="'ed stamp-caption', 'ours'[$ours]" separator=" "/>
      <xsl:if test="$live and $stamp/@p:mark">
        <xsl:attribute name="id" select="$stamp/@p:anchor"/>
        <xsl:attribute name="href" select="('#a' || $stamp/@p:mark)[not($in-link)]"/>
      </xsl:if>
      <xsl:sequence select="$words"/>
    </xsl:element>
  </xsl:template>

  <!-- The stamp's caption, where it stands in the transcript's lines. -->
  <xsl:template match="tei:stamp//tei:seg[@type = 'caption']" mode="m:html" as="element()" priority="2">
    <xsl:call-template name="tp:caption">
      <xsl:with-param name="stamp" select="ancestor::tei:stamp[1]"/>
      <xsl:with-param name="words" as="node()*">
        <xsl:apply-templates mode="m:html"/>
      </xsl:with-param>
      <xsl:with-param name="ours" select="false()"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Pictures of the letters: underlined, spaced, raised. -->
  <xsl:template match="tei:hi | tei:emph | tei:mentioned | tei:soCalled | tei:distinct" mode="m:html"
    as="element()">
    <xsl:element name="{if (f:has-blocks(.)) then 'div' else if (f:rend(., 'superscript')) then 'sup'
      else if (self::tei:emph or f:rend(., 'italic')) then 'em' else 'span'}">
      <xsl:attribute name="class" separator=" " select="f:classes(., local-name())"/>
      <xsl:call-template name="t:common"/>
      <xsl:apply-templates mode="m:html"/>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
