<?xml version="1.0" encoding="UTF-8"?>
<!--
  Tables (chapter 14 of the Guidelines). Input: prepared TEI. Output: HTML tables in a frame that
  scrolls by itself on a narrow screen, so that the page does not.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:tei="http://www.tei-c.org/ns/1.0"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  exclude-result-prefixes="#all">

  <!-- A table. -->
  <xsl:template match="tei:table" mode="m:html" as="element(div)">
    <div class="table" tabindex="0" role="group" aria-label="{f:table-name(.)}">
      <table>
        <xsl:call-template name="t:common"/>
        <xsl:apply-templates select="tei:head[1]" mode="m:html"/>
        <xsl:apply-templates select="node() except tei:head[1]" mode="m:html"/>
      </table>
    </div>
  </xsl:template>

  <!-- What a table is called: its heading, else its number. -->
  <xsl:function name="f:table-name" as="xs:string">
    <xsl:param name="table" as="element(tei:table)"/>
    <xsl:sequence select="if ($table/tei:head) then f:plain($table/tei:head[1]/node())
      else f:label('text.table', count($table/preceding::tei:table) + 1)"/>
  </xsl:function>

  <!-- The heading of a table. -->
  <xsl:template match="tei:table/tei:head[1]" mode="m:html" as="element(caption)" priority="1">
    <caption>
      <xsl:apply-templates mode="m:html"/>
    </caption>
  </xsl:template>

  <!-- A row. -->
  <xsl:template match="tei:row" mode="m:html" as="element(tr)">
    <tr>
      <xsl:call-template name="t:common"/>
      <xsl:apply-templates mode="m:html"/>
    </tr>
  </xsl:template>

  <!-- A cell; one that labels its column or row is a heading. -->
  <xsl:template match="tei:cell" mode="m:html" as="element()">
    <xsl:variable name="in-label-row" as="xs:boolean" select="../@role = 'label'"/>
    <xsl:variable name="is-label" as="xs:boolean" select="$in-label-row or @role = 'label'"/>
    <xsl:element name="{if ($is-label) then 'th' else 'td'}">
      <xsl:if test="$is-label">
        <xsl:attribute name="scope" select="if ($in-label-row) then 'col' else 'row'"/>
      </xsl:if>
      <xsl:if test="@cols castable as xs:positiveInteger">
        <xsl:attribute name="colspan" select="@cols"/>
      </xsl:if>
      <xsl:if test="@rows castable as xs:positiveInteger">
        <xsl:attribute name="rowspan" select="@rows"/>
      </xsl:if>
      <xsl:call-template name="t:common"/>
      <xsl:apply-templates mode="m:html"/>
    </xsl:element>
  </xsl:template>

  <!-- Anything else in a table or row still has its place in it. -->
  <xsl:template mode="m:html" as="element()*" priority="12"
    match="*[parent::tei:table][not(self::tei:row)][not(self::tei:head[not(preceding-sibling::tei:head)])]">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$live">
        <tr>
          <td>
            <xsl:next-match/>
          </td>
        </tr>
      </xsl:when>
      <xsl:otherwise>
        <xsl:next-match/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Anything else in a row. -->
  <xsl:template match="*[parent::tei:row][not(self::tei:cell)]" mode="m:html" as="element()*" priority="12">
    <xsl:param name="live" as="xs:boolean" select="true()" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$live">
        <td>
          <xsl:next-match/>
        </td>
      </xsl:when>
      <xsl:otherwise>
        <xsl:next-match/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
