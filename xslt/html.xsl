<?xml version="1.0" encoding="UTF-8"?>
<!--
  Entry point: the website. Input: a TEI document, for its page; or a record of the edition
  (namespace urn:diplomatic:edition, made by diplomatic.publish.records), for a page about all of
  it: its @page says which. Output: one HTML page that works as a bare file; of a document with
  $source-elements, two of them (source.xsl).
-->
<xsl:package version="3.0" declared-modes="yes" name="urn:diplomatic:html" package-version="0.1"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  exclude-result-prefixes="#all">

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no" include-content-type="no"
    escape-uri-attributes="no"/>

  <!-- The record of the edition, as far as the page of a document needs it. -->
  <xsl:param name="edition" as="document-node()?" select="()"/>

  <!-- The elements that make the rows of a document's source page (source.xsl tells how they are
       written); without the list there is no such page. -->
  <xsl:param name="source-elements" as="xs:string?" select="()"/>

  <!-- Whether the transcript has lines that stand in no row. -->
  <xsl:param name="lines-left" as="xs:boolean" select="false()"/>

  <!-- What the places are called that the source page leaves open. -->
  <xsl:param name="mark" as="xs:string" select="'open'"/>

  <!-- Whether the page of the text is wanted. -->
  <xsl:param name="text-page" as="xs:boolean" select="true()"/>

  <xsl:include href="common/functions.xsl"/>
  <xsl:include href="common/labels.xsl"/>
  <xsl:include href="common/errors.xsl"/>
  <xsl:include href="common/signs.xsl"/>
  <xsl:include href="common/plain.xsl"/>
  <xsl:include href="transforms/passes.xsl"/>
  <xsl:include href="html/pages.xsl"/>
  <xsl:include href="html/parts.xsl"/>
  <xsl:include href="html/method.xsl"/>
  <xsl:include href="html/index.xsl"/>
  <xsl:include href="html/entities.xsl"/>
  <xsl:include href="html/about.xsl"/>
  <xsl:include href="html/map.xsl"/>
  <xsl:include href="html/report.xsl"/>
  <xsl:include href="html/questionnaire.xsl"/>
  <xsl:include href="html/document.xsl"/>
  <xsl:include href="html/source.xsl"/>
  <xsl:include href="html/header.xsl"/>
  <xsl:include href="html/closing.xsl"/>
  <xsl:include href="html/structure.xsl"/>
  <xsl:include href="html/lists.xsl"/>
  <xsl:include href="html/transcription.xsl"/>
  <xsl:include href="html/apparatus.xsl"/>
  <xsl:include href="html/names.xsl"/>
  <xsl:include href="html/notes.xsl"/>
  <xsl:include href="html/tables.xsl"/>
  <xsl:include href="html/unhandled.xsl"/>

  <!-- What the source is decides the page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>
  <!-- TEI to HTML: every element has a rule, if only that of unhandled.xsl. -->
  <xsl:mode name="m:html" on-no-match="fail" on-multiple-match="use-last"/>

  <!-- The page of a document, and that of its source after it: what both are made from is made once. -->
  <xsl:template match="document-node(element(tei:TEI))" as="node()*">
    <xsl:variable name="prepared" as="element(tei:TEI)" select="f:prepare(.)/tei:TEI"/>
    <xsl:if test="$text-page">
      <xsl:apply-templates select="$prepared" mode="m:document-page"/>
    </xsl:if>
    <xsl:if test="exists($source-elements)">
      <xsl:apply-templates select="$prepared" mode="m:source-page"/>
    </xsl:if>
  </xsl:template>

  <!-- A page about the edition. -->
  <xsl:template match="document-node(element(e:edition))" as="element(html)">
    <xsl:apply-templates select="e:edition" mode="m:edition-page">
      <xsl:with-param name="edition" select="e:edition" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>
</xsl:package>
