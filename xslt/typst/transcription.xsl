<?xml version="1.0" encoding="UTF-8"?>
<!--
  Words and what happens to them: text, breaks, brackets, gaps, blanks, stamps, corrections. Input:
  inline nodes of a prepared document. Output: Typst expressions. The words printed are those of
  the transcript; what the edition adds to them stands in notes and in the apparatus.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:typst:transcription:function"
  xmlns:tp="urn:diplomatic:typst:transcription:template"
  xmlns:p="urn:diplomatic:pass"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- Expressions for words; what has no template is handled by typst/unhandled.xsl. -->
  <xsl:mode name="m:inline" on-no-match="fail" on-multiple-match="fail"/>

  <!-- Elements around which blanks of the XML file mean nothing. -->
  <xsl:variable name="v:edges" as="xs:string+" select="
    'cell', 'note', 'desc', 'figDesc', 'label', 'item', 'seg', 'bibl', 'fw', 'speaker', 'l'"/>

  <!-- Whether an element is one at whose edges blanks are dropped. -->
  <xsl:function name="fp:is-edge" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="f:is-block($element) or (local-name($element) = $v:edges
      and not($element/self::seg[not(parent::opener or parent::closer)])
      and not($element/self::bibl[not(f:is-block(.) or parent::note)]) )"/>
  </xsl:function>

  <!-- Whether nothing stands before (`step` -1) or after (1) a node in its block, so that a blank
       there means nothing. -->
  <xsl:function name="fp:at-edge" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="step" as="xs:integer"/>
    <xsl:variable name="beside" as="node()?" select="
      (if ($step lt 0) then $node/preceding-sibling::node()[not(f:is-layout(.))][1]
       else $node/following-sibling::node()[not(f:is-layout(.))][1])"/>
    <xsl:sequence select="
      if (exists($beside)) then $beside instance of element()
        and (exists($beside/self::lb[not(@break = 'no')]) or f:is-block($beside)
          or fp:is-caption($beside) or exists($beside/self::seg[@type = 'label'][parent::note]))
      else $node/.. instance of element() and (fp:is-edge($node/..) or fp:at-edge($node/.., $step))"/>
  </xsl:function>

  <!-- Whether an element is the label of a stamp, which is set under it. -->
  <xsl:function name="fp:is-caption" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="exists($node/self::seg[@type = 'caption'][parent::stamp])"/>
  </xsl:function>

  <!-- Words. Blanks of the XML file are one blank, and none at the edges of a block. -->
  <xsl:template match="text()" mode="m:inline" as="xs:string*">
    <xsl:variable name="words" as="xs:string" select="replace(., '[ \t\r\n]+', ' ')"/>
    <xsl:variable name="left" as="xs:string"
      select="if (starts-with($words, ' ') and fp:at-edge(., -1)) then substring($words, 2) else $words"/>
    <xsl:variable name="right" as="xs:string" select="
      if (ends-with($left, ' ') and fp:at-edge(., 1)) then substring($left, 1, string-length($left) - 1) else $left"/>
    <xsl:if test="$right ne ''">
      <xsl:sequence select="f:text($right)"/>
    </xsl:if>
  </xsl:template>

  <!-- Comments and processing instructions say nothing to a reader. -->
  <xsl:template match="comment() | processing-instruction()" mode="m:inline m:block" as="empty-sequence()"/>

  <!-- Words of ours in the signs of an element. -->
  <xsl:function name="f:in-signs" as="xs:string*" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="expressions" as="xs:string*"/>
    <xsl:sequence select="f:text(f:open-sign($element)), $expressions, f:text(f:close-sign($element))"/>
  </xsl:function>

  <!-- An element with an entry in the apparatus is a place that the apparatus sends to. -->
  <xsl:template match="*[@p:mark][f:has-entry(.)]" mode="m:inline" as="xs:string*" priority="30">
    <xsl:variable name="words" as="xs:string*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:sequence select="f:call('spot', (f:string(f:destination(@p:anchor, .)), f:body($words),
      f:named('long', 'true')[string-length(current()) gt 60]))"/>
  </xsl:template>

  <!-- The look of the source: each token of @rend that names one is a call around the words. -->
  <xsl:template mode="m:inline" as="xs:string*" priority="20"
    match="*[f:tokens(@rend) = ('italic', 'bold', 'underline', 'strikethrough', 'superscript', 'letterspaced')]">
    <xsl:variable name="words" as="xs:string*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:sequence select="fold-left(
      f:tokens(@rend)[. = ('italic', 'bold', 'underline', 'strikethrough', 'superscript', 'letterspaced')],
      f:body($words), function($inner, $look) { f:call('rendered', (f:string($look), $inner)) })"/>
  </xsl:template>

  <!-- A language of its own. -->
  <xsl:template match="*[@xml:lang][not(f:is-block(.))]" mode="m:inline" as="xs:string*" priority="15">
    <xsl:variable name="words" as="xs:string*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:sequence select="f:in-language(@xml:lang, f:body($words), f:direction-of(..))"/>
  </xsl:template>

  <!-- A block in a language of its own: all of it. -->
  <xsl:template match="*[@xml:lang]" mode="m:block" as="xs:string*" priority="50">
    <xsl:variable name="lines" as="xs:string*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:sequence select="f:in-own-language(., $lines)"/>
  </xsl:template>

  <!-- Lines in the language that an element states, if it does. -->
  <xsl:function name="f:in-own-language" as="xs:string*" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="lines" as="xs:string*"/>
    <xsl:sequence select="if (exists($lines) and matches($element/@xml:lang, '^[A-Za-z]{2,3}(-|$)'))
      then f:line(f:call('in-language', (fp:language($element/@xml:lang), f:lines($lines))), $element) else $lines"/>
  </xsl:function>

  <!-- Language and region of a tag, as arguments. -->
  <xsl:function name="fp:language" as="xs:string+">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(lower-case($tag), '-')"/>
    <xsl:variable name="region" as="xs:string?" select="
      ($parts[position() gt 1][string-length() = 2], 'tw'[$parts = 'hant'], 'cn'[$parts = 'hans'])[1]"/>
    <xsl:sequence select="f:string($parts[1]), $region ! f:named('region', f:string(.)),
      f:named('divide', 'false')[$parts = 'latn']"/>
  </xsl:function>

  <!-- Content in a language, in a paragraph of a direction. A transliteration keeps its language for the
       ear, and is not divided. What runs the other way is kept apart from the signs around it. -->
  <xsl:function name="f:in-language" as="xs:string" visibility="public">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:param name="content" as="xs:string"/>
    <xsl:param name="around" as="xs:string"/>
    <xsl:variable name="own" as="xs:string" select="f:direction($tag)"/>
    <xsl:sequence select="if (matches($tag, '^[A-Za-z]{2,3}(-|$)'))
      then f:call('foreign', (fp:language($tag), $content, f:named('around', $around)[$around = 'rtl'],
        f:named('turned', $own)[$own ne $around]))
      else $content"/>
  </xsl:function>

  <!-- ============================================================ breaks -->

  <!-- A line break of the source. -->
  <xsl:template match="lb" mode="m:inline" as="xs:string*">
    <xsl:sequence select="'linebreak()'[not(current()/@break = 'no')]
      [exists(current()/preceding-sibling::node()[not(f:is-layout(.))])]"/>
  </xsl:template>

  <!-- Whether the page shows where a page of the source begins: where words stand before it, and the
       transcript does not say it itself behind the mark. -->
  <xsl:function name="fp:is-shown" as="xs:boolean">
    <xsl:param name="mark" as="element(pb)"/>
    <xsl:variable name="next" as="node()?" select="$mark/following-sibling::node()[not(f:is-layout(.))][1]"/>
    <xsl:sequence select="exists($mark/ancestor::text[last()]/body//text()[. &lt;&lt; $mark][normalize-space()])
      and not($next/self::fw[@type = 'pageNum'][contains(., $mark/@n)])"/>
  </xsl:function>

  <!-- A page of the source begins. -->
  <xsl:template match="pb[@n]" mode="m:inline" as="xs:string?">
    <xsl:sequence select="f:call('page-mark', f:string(@n))[fp:is-shown(current())]"/>
  </xsl:template>

  <!-- The same between blocks; before a paragraph it stands in the first line of that. -->
  <xsl:template match="pb[@n]" mode="m:block" as="xs:string?">
    <xsl:sequence select="f:line(f:call('plain-line', f:call('page-mark', f:string(@n))), .)[fp:is-shown(current())]
      [not(current()/following-sibling::node()[not(f:is-layout(.))][1]/self::p)]"/>
  </xsl:template>

  <!-- What is there for machines only. -->
  <xsl:template match="pb | cb | milestone | anchor | index | handShift | link | join | alt" mode="m:inline"
    as="empty-sequence()" priority="-0.4"/>
  <!-- The same between blocks. -->
  <xsl:template match="pb | cb | lb | anchor | index | handShift | link | interp | interpGrp" mode="m:block"
    as="empty-sequence()" priority="-0.4"/>

  <!-- ============================================================ brackets -->

  <!-- Words supplied, by the transcript in square brackets, by this edition in angle brackets. -->
  <xsl:template match="supplied" mode="m:inline" as="xs:string*">
    <xsl:sequence select="if (f:voice(.) = '') then f:inline(node()) else f:in-signs(., f:inline(node()))"/>
  </xsl:template>

  <!-- Letters supplied in an abbreviation. -->
  <xsl:template match="ex" mode="m:inline" as="xs:string*">
    <xsl:sequence select="f:in-signs(., f:inline(node()))"/>
  </xsl:template>

  <!-- A gloss of the transcriber. -->
  <xsl:template match="gloss" mode="m:inline" as="xs:string*">
    <xsl:sequence select="if (f:voice(.) = '') then f:inline(node())
      else f:in-signs(., f:call('aside', f:inline(node())))"/>
  </xsl:template>

  <!-- A signature or seal: described, not quoted. A figure without a picture likewise. -->
  <xsl:template match="figure" mode="m:inline" as="xs:string*">
    <xsl:sequence select="f:in-signs(., f:call('aside', f:inline((figDesc, head, p) ! node())))"/>
  </xsl:template>
  <!-- The same between blocks: a line of its own. -->
  <xsl:template match="figure[not(graphic)]" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('omission', f:inline(.)), .)"/>
  </xsl:template>

  <!-- Sounds and incidents, as the transcriber describes them. -->
  <xsl:template match="vocal | incident | kinesic" mode="m:inline" as="xs:string*">
    <xsl:sequence select="f:in-signs(., f:call('aside', f:inline(node())))"/>
  </xsl:template>
  <!-- A description: its words. -->
  <xsl:template match="desc | figDesc" mode="m:inline" as="xs:string*">
    <xsl:apply-templates mode="m:inline"/>
  </xsl:template>

  <!-- ============================================================ gaps and blanks -->

  <!-- What someone left out: the sign of an omission, or the words that stand for it. -->
  <xsl:template match="gap[@p:kind = 'omission']" mode="m:inline" as="xs:string*">
    <xsl:sequence select="f:in-signs(., if (desc) then f:inline(desc/node())
      else f:text(if (f:rend(., 'points')) then '...' else '…'))"/>
  </xsl:template>

  <!-- What cannot be read: a sign, and a source note that says how much is missing. -->
  <xsl:template match="gap" mode="m:inline" as="xs:string*">
    <xsl:sequence select="f:text(f:open-sign(.)), f:call('text', f:string('·&#xa0;·&#xa0;·')), f:text(f:close-sign(.))"/>
    <xsl:sequence select="f:source-note(., f:gap-words(.))"/>
  </xsl:template>

  <!-- A gap between blocks stands on a line of its own. -->
  <xsl:template match="gap | space" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('omission', f:inline(.)), .)"/>
  </xsl:template>

  <!-- A blank of a form; a described one keeps its words. -->
  <xsl:template match="space" mode="m:inline" as="xs:string*">
    <xsl:sequence select="if (desc) then f:in-signs(., f:call('aside', f:inline(desc/node())))
      else f:call('blank', format-number(min((14, max((1.4, f:letters(.) * 0.72)))), '0.##') || 'em')"/>
  </xsl:template>

  <!-- ============================================================ stamps -->

  <!-- A stamp or seal of which the transcript says only that it is there: described, not framed. -->
  <xsl:template match="stamp[fp:is-described(.)]" mode="m:block" as="xs:string" priority="1">
    <xsl:sequence select="f:line(f:call('plain-line', f:inline(.)), .)"/>
  </xsl:template>

  <!-- The same in the line. -->
  <xsl:template match="stamp[fp:is-described(.)]" mode="m:inline" as="xs:string*" priority="1">
    <xsl:sequence select="f:in-signs(., f:call('aside', f:words(normalize-space(seg))))"/>
  </xsl:template>

  <!-- Whether a stamp has no words but the label that the transcript gives it. -->
  <xsl:function name="fp:is-described" as="xs:boolean">
    <xsl:param name="stamp" as="element(stamp)"/>
    <xsl:sequence select="exists($stamp/seg[@type = 'caption'])
      and not(normalize-space(string-join($stamp//text() except $stamp/seg[@type = 'caption']//text())))"/>
  </xsl:function>

  <!-- A stamp: its lines in a frame, its label below. -->
  <xsl:template match="stamp" mode="m:block" as="xs:string">
    <xsl:variable name="caption" as="xs:string*">
      <xsl:apply-templates select="seg[@type = 'caption']" mode="m:caption"/>
    </xsl:variable>
    <xsl:variable name="kind" as="xs:string?" select="('stamp.' || @type)[f:has-word(.)] ! f:word(.)"/>
    <xsl:variable name="said" as="xs:string?" select="
      if (exists($caption)) then $kind ! (' ' || .) else string-join((f:word('stamp'), $kind), ': ')"/>
    <xsl:variable name="words" as="xs:string" select="f:inline(node())"/>
    <xsl:sequence select="f:line(f:call('stamp', (
      f:body(($caption, f:text($said))),
      f:named('marking', string(@type = 'classification')),
      if (f:has-entry(.)) then f:call('spot', (f:string(f:destination(@p:anchor, .)), $words)) else $words)), .)"/>
  </xsl:template>

  <!-- The label of a stamp, in its words. -->
  <xsl:mode name="m:caption" on-no-match="fail" on-multiple-match="fail"/>
  <!-- The label itself, with the colon that stands behind its bracket. -->
  <xsl:template match="seg" mode="m:caption" as="xs:string*">
    <xsl:sequence select="f:text(normalize-space()), f:text(':')[f:rend(current()/.., 'colon-outside')]"/>
  </xsl:template>
  <!-- Within the frame the label is left out: it stands below. -->
  <xsl:template match="stamp/seg[@type = 'caption']" mode="m:inline" as="empty-sequence()" priority="40"/>

  <!-- ============================================================ readings -->

  <!-- An abbreviation into which the transcriber wrote the missing letters: T[rade]. -->
  <xsl:template match="choice[expan[f:voice(.) = 'tr']//ex]" mode="m:inline" as="xs:string*" priority="1">
    <xsl:apply-templates select="expan[f:voice(.) = 'tr'][1]" mode="m:inline"/>
  </xsl:template>

  <!-- Other choices: the transcript's reading; behind it a second one that the transcriber gives,
       unless a note holds its words. -->
  <xsl:template match="choice" mode="m:inline" as="xs:string*">
    <xsl:apply-templates select="*[1]" mode="m:inline"/>
    <xsl:for-each select="*[position() gt 1][f:voice(.) = 'tr'][not(@corresp)][not(self::unclear)]">
      <xsl:sequence select="f:text(' ')[not(f:rend(current(), 'adjacent'))],
        f:in-signs(., f:call('aside', f:inline(node())))"/>
    </xsl:for-each>
  </xsl:template>

  <!-- An apparatus within the text, as others write it: the reading of the text, then the other
       readings in brackets with the signs of their witnesses. -->
  <xsl:template match="app" mode="m:inline" as="xs:string*">
    <xsl:variable name="read" as="element()?" select="(lem, rdg, rdgGrp//rdg)[1]"/>
    <xsl:sequence select="f:inline($read/node())"/>
    <xsl:for-each select="(* except (rdgGrp, note), rdgGrp//rdg) except $read">
      <xsl:variable name="witnesses" as="xs:string" select="string-join(f:tokens(@wit) ! substring-after(., '#'), ' ')"/>
      <xsl:sequence select="f:text(' [' || $witnesses || ': '[$witnesses]), f:inline(node()), f:text(']')"/>
    </xsl:for-each>
    <xsl:sequence select="f:inline(note)"/>
  </xsl:template>

  <!-- An uncertain reading; the sign that the transcript has for it. -->
  <xsl:template match="unclear" mode="m:inline" as="xs:string*">
    <xsl:variable name="words" as="xs:string" select="f:call('unsure', f:inline(node()))"/>
    <xsl:sequence select="if (f:tokens(@rend) = $v:sign-tokens) then f:in-signs(., $words) else $words"/>
  </xsl:template>

  <!-- Tokens of @rend that name signs. -->
  <xsl:variable name="v:sign-tokens" as="xs:string+" select="
    'round-brackets', 'double-brackets', 'triple-brackets', 'question-marks', 'slashes', 'unclosed', 'unopened'"/>

  <!-- What the transcript carries without its being text. -->
  <xsl:template match="surplus" mode="m:inline" as="xs:string*">
    <xsl:sequence select="f:call('residue', f:inline(node()))"/>
  </xsl:template>

  <!-- Struck out. -->
  <xsl:template match="del" mode="m:inline" as="xs:string*">
    <xsl:sequence select="if (f:rend(., 'strikethrough')) then f:inline(node())
      else f:call('rendered', (f:string('strikethrough'), f:inline(node())))"/>
  </xsl:template>
  <!-- Written in. -->
  <xsl:template match="add" mode="m:inline" as="xs:string*">
    <xsl:sequence select="f:call('added', f:inline(node()))"/>
  </xsl:template>
</xsl:stylesheet>
