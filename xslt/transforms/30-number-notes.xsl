<?xml version="1.0" encoding="UTF-8"?>
<!--
  Pass 30: notes and references to them. Input: the output of pass 20. Output: the same, with
    on each set-off note (footnote, endnote, note of this edition; f:is-set-off-note):
      p:note    the label shown: the one the transcript has ("60a", "*"), else @n, else a letter in
                the order of the notes without a label (a number where no note has a label); labels
                of the source are never changed
      p:anchor  `n1`, or `note-N` when nothing is stored
      p:refs    the anchors of the references to it, blank-separated; a note that stands where
                it is referred to has the anchor of the mark to be set there: `ref-N`
      p:in-place "true" when the note stands in the line, so that its own place is its reference
    on each ref type="noteref" and each reference whose target is a set-off note:
      p:note    the label as the reference shows it, without its brackets
      p:anchor  `r1`, or `ref-N` when nothing is stored
      p:target  the anchor of the note; absent when the note is not there
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:fp="urn:diplomatic:30-number-notes:function"
  xmlns:kp="urn:diplomatic:30-number-notes:key"
  xmlns:p="urn:diplomatic:pass"
  exclude-result-prefixes="#all">

  <!-- Copies all, and adds labels and ties. -->
  <xsl:mode name="m:number-notes" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <!-- References, by the id they point to. -->
  <xsl:key name="kp:references" match="tei:ref | tei:ptr" use="f:tokens(@target) ! substring-after(., '#')"/>

  <!-- Set-off notes, by id. -->
  <xsl:key name="kp:notes" match="tei:text//tei:note[f:is-set-off-note(.)]" use="@xml:id"/>

  <!-- Notes and references without a stored id, numbered in order, by node. -->
  <xsl:function name="fp:places" as="map(xs:string, xs:integer)">
    <xsl:param name="elements" as="element()*"/>
    <xsl:sequence select="map:merge(for-each-pair($elements, 1 to count($elements),
      function($element, $number) { map{generate-id($element): $number} }))"/>
  </xsl:function>

  <!-- Whether an element refers to a set-off note. -->
  <xsl:function name="fp:is-reference" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@type = 'noteref'
      or exists(f:tokens($element/@target)[starts-with(., '#')]
        ! key('kp:notes', substring-after(., '#'), root($element)))"/>
  </xsl:function>

  <!-- Whether a note has no reference, so that it is one where it stands. -->
  <xsl:function name="fp:is-in-place" as="xs:boolean">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="not($note/@xml:id and key('kp:references', $note/@xml:id, root($note)))
      and not($note/ancestor::tei:back) and not($note/parent::tei:div or $note/parent::tei:body)"/>
  </xsl:function>

  <!-- The anchor of a reference or note: the stored one, or one by its place in order. -->
  <xsl:function name="fp:anchor" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="prefix" as="xs:string"/>
    <xsl:param name="places" as="map(xs:string, xs:integer)"/>
    <xsl:sequence select="string(($element/@p:anchor, $prefix || $places(generate-id($element)))[1])"/>
  </xsl:function>

  <!-- The label that a note has of its own, if any. -->
  <xsl:function name="fp:own-label" as="xs:string">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="f:bare-label(($note/tei:seg[@type = 'label'], $note/tei:label, $note/@n)[1])"/>
  </xsl:function>

  <!-- Counts once what has no number of its own. -->
  <xsl:template match="/" mode="m:number-notes" as="document-node()">
    <xsl:variable name="notes" as="element()*" select="//tei:text//tei:note[f:is-set-off-note(.)]"/>
    <xsl:variable name="referring" as="element()*"
      select="//tei:text//(tei:ref | tei:ptr)[fp:is-reference(.)] | $notes[fp:is-in-place(.)]"/>
    <xsl:choose>
      <xsl:when test="empty(($notes, $referring))">
        <xsl:sequence select="."/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:document>
          <xsl:apply-templates mode="#current">
            <xsl:with-param name="notes" select="fp:places($notes)" tunnel="yes"/>
            <xsl:with-param name="unlabelled" select="fp:places($notes[fp:own-label(.) = ''])" tunnel="yes"/>
            <xsl:with-param name="format" tunnel="yes"
              select="if ($notes ! fp:own-label(.) != '') then 'a' else '1'"/>
            <xsl:with-param name="referring" select="fp:places($referring)" tunnel="yes"/>
          </xsl:apply-templates>
        </xsl:document>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Nothing of the header changes. -->
  <xsl:template match="tei:teiHeader" mode="m:number-notes" as="element()">
    <xsl:copy-of select="."/>
  </xsl:template>

  <!-- A set-off note. -->
  <xsl:template match="tei:text//tei:note[f:is-set-off-note(.)]" mode="m:number-notes" as="element()">
    <xsl:param name="notes" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:param name="unlabelled" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:param name="format" as="xs:string" tunnel="yes"/>
    <xsl:param name="referring" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:variable name="own" as="xs:string" select="fp:own-label(.)"/>
    <xsl:variable name="references" as="element()*"
      select="if (fp:is-in-place(.)) then . else @xml:id ! key('kp:references', .)[ancestor::tei:text]"/>
    <xsl:copy>
      <xsl:copy-of select="@p:anchor"/>
      <xsl:attribute name="p:note" select="if ($own ne '') then $own
        else format-integer($unlabelled(generate-id()), $format)"/>
      <xsl:attribute name="p:anchor" select="fp:anchor(., 'note-', $notes)"/>
      <xsl:attribute name="p:refs"
        select="if (fp:is-in-place(.)) then 'ref-' || $referring(generate-id())
          else $references ! fp:anchor(., 'ref-', $referring)"/>
      <xsl:if test="fp:is-in-place(.)">
        <xsl:attribute name="p:in-place" select="'true'"/>
      </xsl:if>
      <xsl:copy-of select="@* except @p:anchor"/>
      <xsl:apply-templates mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <!-- A reference to a note. -->
  <xsl:template match="tei:text//tei:ref[fp:is-reference(.)] | tei:text//tei:ptr[fp:is-reference(.)]"
    mode="m:number-notes" as="element()">
    <xsl:param name="notes" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:param name="unlabelled" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:param name="format" as="xs:string" tunnel="yes"/>
    <xsl:param name="referring" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:variable name="note" as="element()?"
      select="(f:tokens(@target) ! key('kp:notes', substring-after(., '#'), root(current())))[1]"/>
    <xsl:copy>
      <xsl:attribute name="p:note"
        select="(f:bare-label(.), $note ! fp:own-label(.),
          $note ! format-integer($unlabelled(generate-id()), $format), '*')[. ne ''][1]"/>
      <xsl:attribute name="p:anchor" select="fp:anchor(., 'ref-', $referring)"/>
      <xsl:if test="$note">
        <xsl:attribute name="p:target" select="fp:anchor($note, 'note-', $notes)"/>
      </xsl:if>
      <xsl:copy-of select="@* except @p:anchor"/>
      <xsl:apply-templates mode="#current"/>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
