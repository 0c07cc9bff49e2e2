<?xml version="1.0" encoding="UTF-8"?>
<!--
  Notes: those of the document and of this edition under the marks that pass 30 gave them, and
  source notes (a b c) on what cannot be read, under the letters of pass 50. Input: notes and
  references. Output: footnotes, at the first reference that stands in the text.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:fp="urn:diplomatic:typst:notes:function"
  xmlns:kp="urn:diplomatic:typst:notes:key"
  xmlns:p="urn:diplomatic:pass"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- Set-off notes, by anchor. -->
  <xsl:key name="kp:notes" match="note[@p:note]" use="@p:anchor"/>
  <!-- References, by the anchor of their note. -->
  <xsl:key name="kp:references" match="(ref | ptr)[@p:target]" use="@p:target"/>

  <!-- The reference at which a note is set: the first that stands in text and not in a note. -->
  <xsl:function name="fp:home" as="element()?">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="key('kp:references', $note/@p:anchor, root($note))[not(ancestor::note)][f:is-printed(.)][1]"/>
  </xsl:function>

  <!-- Whether a note is set at a mark of its own, so that its place in the source shows nothing. -->
  <xsl:function name="f:has-home" as="xs:boolean" visibility="public">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="$note/@p:in-place = 'true' or exists(fp:home($note))"/>
  </xsl:function>

  <!-- The words of a note: its paragraphs parted, its own label left out. -->
  <xsl:function name="fp:words" as="xs:string">
    <xsl:param name="note" as="element()"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:for-each-group select="$note/node()[not(f:is-layout(.))][not(self::seg[@type = 'label'] or self::label)]"
        group-adjacent="if (f:is-block(.)) then generate-id() else ''">
        <xsl:if test="position() gt 1">parbreak()</xsl:if>
        <xsl:sequence select="f:inline(if (current-grouping-key() = '') then current-group() else current-group()/node())"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="f:body($parts)"/>
  </xsl:function>

  <!-- A note of this edition or a footnote that stands where it is meant. -->
  <xsl:template match="note[@p:in-place = 'true']" mode="m:inline" as="xs:string">
    <xsl:variable name="hand" as="xs:string?"
      select="('note.' || @type)[f:has-word(.)] ! f:word(.)"/>
    <xsl:sequence select="f:call('fn', (f:string(@p:note), f:string(f:destination(@p:anchor, .)),
      f:body(($hand ! f:text(. || ' '), fp:words(.)))))"/>
  </xsl:template>

  <!-- A note whose mark stands elsewhere. -->
  <xsl:template match="note[@p:note][not(@p:in-place = 'true')]" mode="m:inline" as="empty-sequence()" priority="2"/>

  <!-- The same between blocks: nothing, or a line when no mark calls it. -->
  <xsl:template match="note[@p:note]" mode="m:block" as="xs:string*" priority="2">
    <xsl:if test="not(f:has-home(.))">
      <xsl:sequence select="f:line(f:call('plain-line', f:body((
        f:call('bare-mark', f:call('text', f:string(@p:note))), f:call('text', '&quot; &quot;'), fp:words(.)))), .)"/>
    </xsl:if>
  </xsl:template>

  <!-- A remark of the transcriber in the line; between blocks, on a line of its own. -->
  <xsl:template match="note" mode="m:inline" as="xs:string*">
    <xsl:sequence select="f:in-signs(., f:call('aside', fp:words(.)))"/>
  </xsl:template>
  <!-- The same between blocks. -->
  <xsl:template match="note" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('plain-line', f:inline(.)), .)"/>
  </xsl:template>

  <!-- A reference that calls its note: the note itself at the first, its mark at others. -->
  <xsl:template match="(ref | ptr)[@p:target]" mode="m:inline" as="xs:string+">
    <xsl:variable name="note" as="element()?" select="key('kp:notes', @p:target)[1]"/>
    <xsl:variable name="home" as="element()?" select="fp:home($note)"/>
    <xsl:variable name="label" as="xs:string" select="f:string(f:destination(@p:target, .))"/>
    <xsl:sequence select="'mark-gap()'[current()/preceding-sibling::node()[1]/self::*[@p:note]]"/>
    <xsl:sequence select="
      if ($home is .) then f:call('fn', (f:string(@p:note), $label, fp:words($note)))
      else if (empty($home)) then f:call('bare-mark', f:call('text', f:string(@p:note)))
      else if (ancestor::note) then f:call('xref', ($label, f:call('bare-mark', f:call('text', f:string(@p:note)))))
      else f:call('fn-again', (f:string(@p:note), $label))"/>
  </xsl:template>

  <!-- A mark that calls no note, as it stands. -->
  <xsl:template match="ref[@type = 'noteref'][not(@p:target)]" mode="m:inline" as="xs:string">
    <xsl:sequence select="f:call('bare-mark', f:inline(node()))"/>
  </xsl:template>

  <!-- Another reference: a link inside the volume or out of it, where it leads anywhere. One of this
       edition has the page behind it; to the words of a document nothing is added. -->
  <xsl:template match="ref" mode="m:inline" as="xs:string">
    <xsl:variable name="label" as="xs:string?" select="fp:destination(.)"/>
    <xsl:variable name="address" as="xs:string" select="fp:address(.)"/>
    <xsl:sequence select="
      if ($label and ancestor-or-self::*[@resp][1][f:is-ours(.)]) then f:call('xref-page', (f:string($label), f:inline(node()), f:words(f:word('xref.page'))))
      else if ($label) then f:call('xref', (f:string($label), f:inline(node())))
      else if (matches($address, '^https?://')) then f:call('outward', (f:string($address), f:inline(node())))
      else f:inline(node())"/>
  </xsl:template>

  <!-- A pointer has no words of its own: it shows the page, or its address. -->
  <xsl:template match="ptr" mode="m:inline" as="xs:string*">
    <xsl:variable name="label" as="xs:string?" select="fp:destination(.)"/>
    <xsl:sequence select="if ($label)
      then (f:text(f:word('xref.page')), f:call('page-of', f:string($label))) else f:text(fp:address(.))"/>
  </xsl:template>

  <!-- The label of the document or paragraph that a reference leads to, if it is in this PDF. -->
  <xsl:function name="fp:destination" as="xs:string?">
    <xsl:param name="reference" as="element()"/>
    <xsl:variable name="file" as="xs:string" select="replace($reference/@target, '^.*/|#.*$', '')"/>
    <xsl:variable name="id" as="xs:string" select="substring-after($reference/@target, '#')"/>
    <xsl:variable name="here" as="element()?" select="root($reference)//*[@xml:id = $id][@p:unit]"/>
    <xsl:sequence select="
      if (starts-with($reference/@target, '#')) then $here ! f:destination(@p:anchor, .)
      else if ($scope = 'volume' and matches($reference/@target, '^[^:]*\.xml(#|$)'))
        then (if ($id = '') then substring-before($file, '.xml') else $id) else ()"/>
  </xsl:function>

  <!-- The address of a reference, its prefix written out by the prefixDef of the header. -->
  <xsl:function name="fp:address" as="xs:string">
    <xsl:param name="reference" as="element()"/>
    <xsl:variable name="target" as="xs:string" select="string($reference/@target)"/>
    <xsl:variable name="definition" as="element()?"
      select="(root($reference)//prefixDef[@ident = substring-before($target, ':')])[1]"/>
    <xsl:sequence select="if ($definition and matches(substring-after($target, ':'), '^(' || $definition/@matchPattern || ')$'))
      then replace(substring-after($target, ':'), '^' || $definition/@matchPattern || '$', $definition/@replacementPattern)
      else $target"/>
  </xsl:function>

  <!-- ============================================================ source notes -->

  <!-- A source note on an element, under its letter. -->
  <xsl:function name="f:source-note" as="xs:string?" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="$element/@p:letter ! f:call('fn', (f:string(.),
      f:string(f:destination('letter-' || ., $element)), f:words($words),
      f:named('source', 'true')))"/>
  </xsl:function>

  <!-- What is said of a gap: why, how much, and in what words the transcript says so. -->
  <xsl:function name="f:gap-words" as="xs:string" visibility="public">
    <xsl:param name="gap" as="element()"/>
    <xsl:variable name="reason" as="xs:string"
      select="f:first-label(('explain.gap.' || $gap/@reason, 'explain.gap'))"/>
    <xsl:variable name="extent" as="xs:string?" select="f:extent($gap)"/>
    <xsl:variable name="said" as="xs:string" select="
      if ($extent) then f:label('explain.extent', ($reason, $extent)) else f:label('explain.no-extent', $reason)"/>
    <xsl:sequence select="if ($gap/desc)
      then f:word('gap.said', (replace($said, '\.$', ''), f:open-sign($gap) || f:plain($gap/desc/node()) || f:close-sign($gap)))
      else $said"/>
  </xsl:function>
</xsl:stylesheet>
