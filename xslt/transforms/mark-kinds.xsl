<?xml version="1.0" encoding="UTF-8"?>
<!--
  What counts as an editorial phenomenon, and of which kind. Input: an element of a TEI document.
  Output: its kind, for pass 10: the TEI name; `omission` (a gap by choice), `remark` (a note in
  the line), `handwriting` (one that gives what is written on the page), `signature` and `seal` (a
  figure that describes one). Members of a choice or subst have none of their own: the whole has it.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:vp="urn:diplomatic:mark-kinds:variable"
  exclude-result-prefixes="#all">

  <!-- The kind of editorial phenomenon that an element is, or nothing: its TEI name, except that
       a gap which an editor chose is an `omission`, and a note in the line is a `remark`. -->
  <xsl:function name="f:mark-kind" as="xs:string?" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:apply-templates select="$element" mode="m:mark-kind"/>
  </xsl:function>

  <!-- Says what kind of phenomenon an element is; silence: none. -->
  <xsl:mode name="m:mark-kind" on-no-match="deep-skip" on-multiple-match="use-last"/>

  <!-- Phenomena that bear their TEI name. -->
  <xsl:template mode="m:mark-kind" as="xs:string"
    match="tei:supplied | tei:gap | tei:unclear | tei:choice | tei:sic | tei:corr | tei:orig | tei:reg
      | tei:expan | tei:add | tei:del | tei:subst | tei:space | tei:damage | tei:surplus | tei:stamp
      | tei:handShift | tei:gloss[@resp] | tei:secl | tei:restore">
    <xsl:sequence select="local-name()"/>
  </xsl:template>

  <!-- What someone chose to leave out, as against what cannot be read. -->
  <xsl:template match="tei:gap[@reason = ('editorial', 'sampling', 'omission', 'cancelled', 'irrelevant')]"
    mode="m:mark-kind" as="xs:string" priority="2">
    <xsl:sequence select="'omission'"/>
  </xsl:template>

  <!-- A figure that stands for a signature or seal. -->
  <xsl:template match="tei:figure[@type = ('signature', 'seal')]" mode="m:mark-kind" as="xs:string">
    <xsl:sequence select="string(@type)"/>
  </xsl:template>

  <!-- A remark of the transcriber in the line. -->
  <xsl:template match="tei:note[not(f:is-set-off-note(.)) and not(f:is-sic-note(.))]" mode="m:mark-kind"
    as="xs:string">
    <xsl:sequence select="'remark'"/>
  </xsl:template>

  <!-- Handwriting on the document that the transcriber describes and gives. -->
  <xsl:template match="tei:note[@type = ('resolution', 'marginal', 'docket') or tei:seg/@type = 'caption']
    [not(f:is-set-off-note(.))]" mode="m:mark-kind" as="xs:string" priority="2">
    <xsl:sequence select="'handwriting'"/>
  </xsl:template>

  <!-- Members: the whole has the mark. -->
  <xsl:template match="tei:choice/* | tei:subst/tei:add | tei:subst/tei:del" mode="m:mark-kind"
    as="empty-sequence()" priority="3"/>

  <!-- Elements that are no phenomenon whatever they hold: most of a document, passed over at once. -->
  <xsl:variable name="vp:plain" static="yes" as="xs:string" select="string-join(('p', 'item', 'head', 'label',
    'lb', 'pb', 'fw', 'date', 'persName', 'placeName', 'orgName', 'div', 'list', 'ref', 'seg', 'hi', 'row', 'cell',
    'body', 'opener', 'closer', 'dateline', 'salute', 'signed') ! ('self::tei:' || .), ' or ')"/>

  <!-- The phenomena of a document, in the order of the text. Marks may contain marks (a stamp with a
       blank, a deletion with a gap): each counts. -->
  <xsl:function name="f:phenomena" as="element()*">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence _select="$document//tei:text//*[not({$vp:plain})][exists(f:mark-kind(.))]"/>
  </xsl:function>
</xsl:stylesheet>
