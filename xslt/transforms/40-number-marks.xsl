<?xml version="1.0" encoding="UTF-8"?>
<!--
  Pass 40: apparatus marks. Input: the output of pass 30. Output: the same, with
    on each editorial phenomenon of the text (f:mark-kind):
      p:mark    its number, 1 to n in the order of the text: the apparatus entry is `aN`
      p:kind    what it is: the TEI name; `omission` (a gap by choice), `remark` (a note in
                the line), `handwriting` (one that gives what is written on the page), `signature` and `seal` (a figure that describes one)
      p:anchor  `mN`, unless it has a stored one
    on a note that only says [SIC] of the word before it: p:part-of, the number of that word's mark.
  Members of a choice or subst have no mark of their own: the whole has it. Marks may contain
  marks (a stamp with a blank, a deletion with a gap): each is numbered.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:p="urn:diplomatic:pass"
  xmlns:vp="urn:diplomatic:40-number-marks:variable"
  exclude-result-prefixes="#all">

  <!-- Copies all, and adds marks. -->
  <xsl:mode name="m:number-marks" on-no-match="shallow-copy" on-multiple-match="fail"/>

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

  <!-- Numbers the phenomena once. -->
  <xsl:template match="/" mode="m:number-marks" as="document-node()">
    <xsl:variable name="others" as="element()*" _select="//tei:text//*[not({$vp:plain})]"/>
    <xsl:variable name="marked" as="element()*" select="$others[exists(f:mark-kind(.))]"/>
    <xsl:choose>
      <xsl:when test="empty($marked)">
        <xsl:sequence select="."/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:document>
          <xsl:apply-templates mode="#current">
            <xsl:with-param name="marks" tunnel="yes" select="map:merge(for-each-pair($marked,
              1 to count($marked), function($mark, $number) { map{generate-id($mark): $number} }))"/>
            <xsl:with-param name="ways" tunnel="yes" select="map:merge(($marked, $others[f:is-sic-note(.)])
              /ancestor-or-self::* ! map:entry(generate-id(), true()))"/>
          </xsl:apply-templates>
        </xsl:document>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An element that is or holds a phenomenon: with its mark. Of any other, nothing changes: it is
       copied at once, which is much quicker. -->
  <xsl:template match="*" mode="m:number-marks" as="element()">
    <xsl:param name="marks" as="map(xs:string, xs:integer)" tunnel="yes"/>
    <xsl:param name="ways" as="map(xs:string, xs:boolean)" tunnel="yes"/>
    <xsl:variable name="id" as="xs:string" select="generate-id()"/>
    <xsl:choose>
      <xsl:when test="map:contains($ways, $id)">
        <xsl:variable name="number" as="xs:integer?" select="$marks($id)"/>
        <xsl:copy>
          <xsl:if test="exists($number)">
            <xsl:attribute name="p:mark" select="$number"/>
            <xsl:attribute name="p:kind" select="f:mark-kind(.)"/>
            <xsl:attribute name="p:anchor" select="'m' || $number"/>
          </xsl:if>
          <xsl:if test="f:is-sic-note(.)">
            <xsl:attribute name="p:part-of" select="$marks(generate-id(preceding-sibling::tei:sic[1]))"/>
          </xsl:if>
          <xsl:copy-of select="@*"/>
          <xsl:apply-templates mode="#current"/>
        </xsl:copy>
      </xsl:when>
      <xsl:otherwise>
        <xsl:copy-of select="."/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
