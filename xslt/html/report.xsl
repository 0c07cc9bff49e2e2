<?xml version="1.0" encoding="UTF-8"?>
<!--
  Two pages on how the edition was made: the editorial report (what was marked, in numbers) and the
  doubts that the encoding left open. Input: the record of the edition with e:count or e:doubt.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:l="urn:diplomatic:labels"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:html-report:function"
  xmlns:kp="urn:diplomatic:html-report:key"
  xmlns:tp="urn:diplomatic:html-report:template"
  exclude-result-prefixes="#all">

  <!-- Reasons by their English words. -->
  <xsl:key name="kp:reasons" match="l:reason" use="@said"/>

  <!-- Report: a table, a row for each document and one for all; what occurs nowhere has no column. -->
  <xsl:template match="e:edition[@page = 'report']" mode="m:about" as="element()*">
    <!-- Where the list is divided, there is a row for each of its parts. -->
    <xsl:variable name="rows" as="element()*" select="if (e:part) then e:part else e:document"/>
    <div class="table counts" tabindex="0" role="region" aria-label="{if (@part) then f:part-title(.) else f:label('report.title')}">
      <table>
        <thead>
          <tr>
            <th scope="col"><xsl:value-of select="f:label(if (e:part) then 'page.documents' else 'report.document')"/></th>
            <xsl:for-each select="e:count">
              <th scope="col"><xsl:value-of select="f:label('report.' || @kind)"/></th>
            </xsl:for-each>
          </tr>
        </thead>
        <tbody>
          <xsl:if test="count($rows) gt 1">
            <tr class="sum">
              <th scope="row"><xsl:value-of select="f:label('report.all')"/></th>
              <xsl:apply-templates select="e:count/@total" mode="m:about"/>
            </tr>
          </xsl:if>
          <xsl:variable name="counts" as="element(e:count)*" select="e:count"/>
          <xsl:for-each select="$rows">
            <xsl:variable name="number" as="xs:integer" select="position()"/>
            <tr>
              <th scope="row"><xsl:apply-templates select="." mode="m:about"/></th>
              <xsl:apply-templates select="$counts/e:of[$number]/@number" mode="m:about"/>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
    <xsl:choose>
      <xsl:when test="@part"/>
      <xsl:when test="e:page[@name = 'doubts']">
        <p class="more"><a href="doubts.html"><xsl:value-of select="f:label('doubts.title')"/></a></p>
      </xsl:when>
      <xsl:when test="e:count[@kind = 'doubts']">
        <p><xsl:value-of select="f:label('report.no-doubts')"/></p>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- A document in the report. -->
  <xsl:template match="e:document" mode="m:about" as="element(a)">
    <a href="{../@root}{@id}.html#apparatus"><xsl:value-of select="@title"/></a>
  </xsl:template>

  <!-- A part of the report. -->
  <xsl:template match="e:part" mode="m:about" as="element(a)">
    <a href="{../@root}{@address}"><xsl:value-of select="f:part-name(.)"/></a>
  </xsl:template>

  <!-- A number of the report; none is a dash, which is quieter than a nought. -->
  <xsl:template match="e:count/@total | e:of/@number" mode="m:about" as="element(td)">
    <td><xsl:value-of select="if (. = '0') then '–' else ."/></td>
  </xsl:template>

  <!-- Doubts: by document, what was read, how sure, why, and what else it could be. -->
  <xsl:template match="e:edition[@page = 'doubts']" mode="m:about" as="element()*">
    <xsl:call-template name="t:parts"/>
    <xsl:for-each-group select="e:doubt" group-by="@document">
      <xsl:variable name="document" as="element()?" select="f:document(.., current-grouping-key())"/>
      <section class="entity">
        <h2><a href="{../@root}{current-grouping-key()}.html"><xsl:value-of select="($document/@title, @document)[1]"/></a></h2>
        <ul>
          <xsl:apply-templates select="current-group()" mode="m:about"/>
        </ul>
      </section>
    </xsl:for-each-group>
  </xsl:template>

  <!-- One doubt, linked to its line of the transcript. -->
  <xsl:template match="e:doubt" mode="m:about" as="element(li)">
    <li>
      <a href="{../@root}{@document}{if (@source) then '.source.html#L' || @line else '.html'}"><xsl:value-of select="f:label('doubts.line', @line)"/></a>
      <div>
        <p class="quoted">
          <xsl:sequence select="f:lang(f:document(.., @document)/@language)"/>
          <xsl:value-of select="@before"/><b><xsl:value-of select="@words"/></b><xsl:value-of select="@after"/>
        </p>
        <p class="said">
          <xsl:if test="@chosen and @cert">
            <xsl:value-of select="f:label('doubts.read', (fp:reading(@chosen), f:label('cert.' || @cert))) || ' '"/>
          </xsl:if>
          <xsl:if test="@reason">
            <xsl:value-of select="f:label('doubts.because') || ' '"/>
            <xsl:sequence select="fp:reason(@reason)"/>
            <xsl:text>. </xsl:text>
          </xsl:if>
          <xsl:value-of select="@runner_up ! f:label('doubts.other', fp:reading(.))"/>
        </p>
      </div>
    </li>
  </xsl:template>

  <!-- What a reading is, in words; its name if there is none. -->
  <xsl:function name="fp:reading" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="if (f:has-label('reading.' || $name)) then f:label('reading.' || $name) else $name"/>
  </xsl:function>

  <!-- A reason in the language of the interface; else as it was given, which is English or the
       language of the edition's own conventions. -->
  <xsl:function name="fp:reason" as="node()">
    <xsl:param name="said" as="xs:string"/>
    <xsl:variable name="known" as="element(l:reason)?" select="key('kp:reasons', $said, doc('../common/reasons.xml'))[1]"/>
    <xsl:variable name="own" as="element(l:in)?" select="$known/l:in[@xml:lang = $v:language]"/>
    <xsl:choose>
      <xsl:when test="$own">
        <xsl:value-of select="$own"/>
      </xsl:when>
      <xsl:when test="$known">
        <span lang="en"><xsl:value-of select="$said"/></span>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$said"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>
</xsl:stylesheet>
