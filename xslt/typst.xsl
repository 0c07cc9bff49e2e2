<?xml version="1.0" encoding="UTF-8"?>
<!--
  The printed edition: TEI to Typst. Input: a TEI document, or a d:volume (namespace
  urn:diplomatic:print) that the program makes of the edition's settings and the records of its
  documents. Output: a d:record with the document's Typst and what a volume needs to know of it; for
  a d:volume, a d:frame with the pages around the documents. The Typst is calls of assets/edition.typ
  in code mode, with string literals only, one block on a line, each line with the XPath and line of
  the TEI that it came from.
-->
<xsl:package name="urn:diplomatic:typst" version="3.0" declared-modes="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:d="urn:diplomatic:print"
  exclude-result-prefixes="#all">

  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <!-- What the labels in the Typst must be unique in: a `document` by itself, or a `volume`. -->
  <xsl:param name="scope" as="xs:string" select="'document'"/>
  <!-- The number of the document in the volume; '' outside one. -->
  <xsl:param name="number" as="xs:string" select="''"/>
  <!-- The title of the volume, for running heads. -->
  <xsl:param name="running-title" as="xs:string" select="''"/>
  <!-- Characters that must be set upright, ready for a character class of a regular expression:
       those that the italic fonts lack. -->
  <xsl:param name="upright" as="xs:string" select="''"/>
  <!-- Whether words may be divided. -->
  <xsl:param name="hyphenate" as="xs:boolean" select="true()"/>

  <xsl:include href="common/functions.xsl"/>
  <xsl:include href="common/errors.xsl"/>
  <xsl:include href="common/labels.xsl"/>
  <xsl:include href="common/plain.xsl"/>
  <xsl:include href="common/signs.xsl"/>
  <xsl:include href="transforms/passes.xsl"/>
  <xsl:include href="transforms/50-source-letters.xsl"/>
  <xsl:include href="transforms/60-number-mentions.xsl"/>
  <xsl:include href="typst/text.xsl"/>
  <xsl:include href="typst/words.xsl"/>
  <xsl:include href="typst/document.xsl"/>
  <xsl:include href="typst/structure.xsl"/>
  <xsl:include href="typst/lists.xsl"/>
  <xsl:include href="typst/transcription.xsl"/>
  <xsl:include href="typst/names.xsl"/>
  <xsl:include href="typst/notes.xsl"/>
  <xsl:include href="typst/apparatus.xsl"/>
  <xsl:include href="typst/index.xsl"/>
  <xsl:include href="typst/frame.xsl"/>
  <xsl:include href="typst/unhandled.xsl"/>

  <!-- The default entry. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>

  <!-- A TEI document: number it, then make its record. -->
  <xsl:template match="/tei:TEI" as="element(d:record)">
    <xsl:variable name="lettered" as="document-node()">
      <xsl:apply-templates select="f:prepare(root(.))" mode="m:source-letters"/>
    </xsl:variable>
    <xsl:variable name="prepared" as="document-node()">
      <xsl:apply-templates select="$lettered" mode="m:number-mentions"/>
    </xsl:variable>
    <xsl:apply-templates select="$prepared/tei:TEI" mode="m:record"/>
  </xsl:template>

  <!-- A volume: its frame. -->
  <xsl:template match="/d:volume" as="element(d:frame)">
    <xsl:apply-templates select="." mode="m:frame"/>
  </xsl:template>

  <!-- Enter by the root. -->
  <xsl:template match="/" as="element()">
    <xsl:apply-templates select="*"/>
  </xsl:template>
</xsl:package>
