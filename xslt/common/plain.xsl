<?xml version="1.0" encoding="UTF-8"?>
<!--
  Words without markup, as the reading view has them: for titles, metadata, lemmas and citations.
  Input: nodes of a prepared TEI document. Output: one string, blanks normalised. Of a choice
  the edition's reading counts; notes under a mark, their references and residue do not.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:p="urn:diplomatic:pass"
  exclude-result-prefixes="#all">

  <!-- Words only. -->
  <xsl:mode name="m:plain" on-no-match="text-only-copy" on-multiple-match="use-last"/>

  <!-- The words of nodes. -->
  <xsl:function name="f:plain" as="xs:string" visibility="public">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:apply-templates select="$nodes" mode="m:plain"/>
    </xsl:variable>
    <xsl:sequence select="normalize-space(string-join($words))"/>
  </xsl:function>

  <!-- A break is a blank, unless it parts a word. -->
  <xsl:template match="tei:lb | tei:pb | tei:cb" mode="m:plain" as="xs:string?">
    <xsl:sequence select="' '[not(current()/@break = 'no')]"/>
  </xsl:template>

  <!-- Of a choice, the reading: the edition's member if it has one. -->
  <xsl:template match="tei:choice" mode="m:plain" as="item()*">
    <xsl:apply-templates select="f:reading-member(.)" mode="#current"/>
  </xsl:template>

  <!-- No words of the text. -->
  <xsl:template mode="m:plain" as="empty-sequence()"
    match="tei:ref[@p:note] | tei:ptr | tei:note | tei:surplus | tei:space | tei:gap | tei:fw"/>

  <!-- The member of a choice that the reading view shows: ours (corr, expan, reg), if there is
       one; otherwise the transcript's, which is the first. -->
  <xsl:function name="f:reading-member" as="element()" visibility="public">
    <xsl:param name="choice" as="element(tei:choice)"/>
    <xsl:sequence select="($choice/*[position() gt 1][f:is-ours(.)], $choice/*)[1]"/>
  </xsl:function>
</xsl:stylesheet>
