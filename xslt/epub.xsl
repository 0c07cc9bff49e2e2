<?xml version="1.0" encoding="UTF-8"?>
<!--
  Entry point: the ebook. Input: a TEI document, for its chapter; or a record of the edition
  (namespace urn:diplomatic:edition), for a page around the documents: its @page says which. Output:
  one XHTML page. The pages are those of html.xsl, made by the same templates; the mode m:ebook then
  takes away what only a website needs and adds what a reading system asks for.
-->
<xsl:package version="3.0" declared-modes="yes" name="urn:diplomatic:epub" package-version="0.1"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:e="urn:diplomatic:edition"
  xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:v="urn:diplomatic:variable"
  exclude-result-prefixes="#all">

  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <!-- The record of the edition, as far as the page of a document needs it. -->
  <xsl:param name="edition" as="document-node()?" select="()"/>

  <xsl:include href="common/functions.xsl"/>
  <xsl:include href="common/labels.xsl"/>
  <xsl:include href="common/errors.xsl"/>
  <xsl:include href="common/signs.xsl"/>
  <xsl:include href="common/plain.xsl"/>
  <xsl:include href="transforms/passes.xsl"/>
  <xsl:include href="typst/words.xsl"/>
  <xsl:include href="html/pages.xsl"/>
  <xsl:include href="html/parts.xsl"/>
  <xsl:include href="html/method.xsl"/>
  <xsl:include href="html/index.xsl"/>
  <xsl:include href="html/document.xsl"/>
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
  <xsl:include href="epub/pages.xsl"/>
  <xsl:include href="epub/ebook.xsl"/>

  <!-- What the source is decides the page. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>
  <!-- TEI to HTML: every element has a rule, if only that of unhandled.xsl. -->
  <xsl:mode name="m:html" on-no-match="fail" on-multiple-match="use-last"/>

  <!-- The chapter of a document. -->
  <xsl:template match="document-node(element(tei:TEI))" as="element(h:html)">
    <xsl:variable name="page" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="f:prepare(.)/tei:TEI" mode="m:document-page"/>
      </xsl:document>
    </xsl:variable>
    <xsl:apply-templates select="$page/html" mode="m:ebook">
      <xsl:with-param name="record" select="$edition/e:edition" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- A page around the documents. -->
  <xsl:template match="document-node(element(e:edition))" as="element(h:html)">
    <xsl:variable name="page" as="document-node()">
      <xsl:document>
        <xsl:apply-templates select="e:edition" mode="m:edition-page">
          <xsl:with-param name="edition" select="e:edition" tunnel="yes"/>
        </xsl:apply-templates>
      </xsl:document>
    </xsl:variable>
    <xsl:apply-templates select="$page/html" mode="m:ebook">
      <xsl:with-param name="record" select="e:edition" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>
</xsl:package>
