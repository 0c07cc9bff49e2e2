<?xml version="1.0" encoding="UTF-8"?>
<!--
  The map of the places: one SVG in the page, and the same places as a list. Input: the record of
  the edition with e:name and, where some have coordinates, e:map (places_map.py), which has every
  figure. Output: the content of the page; without script, fonts of its own or a request.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:html-map:function"
  xmlns:tp="urn:diplomatic:html-map:template"
  exclude-result-prefixes="#all">

  <!-- The drawing, what it is made from, and the places as lists. -->
  <xsl:template match="e:edition[@page = 'map']" mode="m:about" as="element()*">
    <xsl:choose>
      <xsl:when test="e:map">
        <xsl:apply-templates select="e:map" mode="m:map"/>
        <p class="hint"><xsl:value-of select="f:label('map.ground')"/></p>
      </xsl:when>
      <xsl:otherwise>
        <p><xsl:value-of select="f:label('map.none')"/></p>
      </xsl:otherwise>
    </xsl:choose>
    <div class="two">
      <xsl:sequence select="fp:list(e:name[@latitude], 'map.shown')"/>
      <xsl:sequence select="fp:list(e:name[not(@latitude)], 'map.unplaced')"/>
    </div>
  </xsl:template>

  <!-- The drawing: land, grid, and a link for each place. -->
  <xsl:mode name="m:map" on-no-match="fail" on-multiple-match="fail"/>

  <!-- The frame; a reader of the screen hears a group of links. -->
  <xsl:template match="e:map" mode="m:map" as="element()">
    <svg class="map" role="group" aria-label="{f:label('map.picture')}" viewBox="{@view-box}">
      <path class="land" d="{@land}" vector-effect="non-scaling-stroke"/>
      <path class="grid" d="{@grid}" vector-effect="non-scaling-stroke"/>
      <xsl:apply-templates select="e:point/e:spot[@line]" mode="m:map"/>
      <xsl:apply-templates select="e:point" mode="m:map">
        <xsl:sort select="number(@r)" order="descending"/>
      </xsl:apply-templates>
    </svg>
  </xsl:template>

  <!-- A place: a dot, a larger one that can be hit, and its name where it has room. -->
  <xsl:template match="e:point" mode="m:map" as="element()">
    <a href="names/{@key}.html" aria-label="{f:label('map.point', (@name,
      f:count-label('names.times', xs:integer(@count))))}">
      <circle class="hit" cx="{@x}" cy="{@y}" r="14"/>
      <circle class="dot" cx="{@x}" cy="{@y}" r="{@r}"/>
      <xsl:for-each select="e:spot">
        <text class="{@kind}" x="{@x}" y="{@y}" text-anchor="{@anchor}" paint-order="stroke"><xsl:value-of select="../@name"/></text>
      </xsl:for-each>
    </a>
  </xsl:template>

  <!-- A line from a name that stands aside to its dot. -->
  <xsl:template match="e:spot" mode="m:map" as="element()">
    <path class="lead {@kind}" d="{@line}" vector-effect="non-scaling-stroke"/>
  </xsl:template>

  <!-- A list of places by name, under its heading; none without places. -->
  <xsl:function name="fp:list" as="element(section)?">
    <xsl:param name="places" as="element(e:name)*"/>
    <xsl:param name="heading" as="xs:string"/>
    <xsl:if test="$places">
      <section>
        <h2><xsl:value-of select="f:label($heading)"/></h2>
        <xsl:if test="f:has-label($heading || '-text')">
          <p class="said"><xsl:value-of select="f:label($heading || '-text')"/></p>
        </xsl:if>
        <ul class="idx">
          <xsl:for-each select="$places">
            <xsl:sort select="@sort" lang="{$v:language}"/>
            <li>
              <span class="nm"><a href="names/{@key}.html"><xsl:value-of select="@name"/></a></span>
              <xsl:text> </xsl:text>
              <span class="ct"><xsl:value-of select="f:count-label('names.times', xs:integer(@count))"/></span>
              <xsl:if test="@latitude">
                <span class="wh"><xsl:sequence select="f:coordinates(.)"/></span>
              </xsl:if>
            </li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:if>
  </xsl:function>

  <!-- Where a place lies, to the minute, with a link to who says so. -->
  <xsl:function name="f:coordinates" as="node()*">
    <xsl:param name="name" as="element(e:name)"/>
    <xsl:variable name="latitude" as="xs:double" select="number($name/@latitude)"/>
    <xsl:variable name="longitude" as="xs:double" select="number($name/@longitude)"/>
    <xsl:value-of select="fp:degrees($latitude, if ($latitude lt 0) then 'map.south' else 'map.north')
      || ', ' || fp:degrees($longitude, if ($longitude lt 0) then 'map.west' else 'map.east')"/>
    <xsl:if test="matches($name/@geo-source, '^https?://')">
      <xsl:text> · </xsl:text>
      <a href="{$name/@geo-source}" aria-label="{f:label('map.source')}: {$name/@name}">
        <xsl:value-of select="f:label('map.source')"/>
      </a>
    </xsl:if>
  </xsl:function>

  <!-- A coordinate in degrees and minutes. -->
  <xsl:function name="fp:degrees" as="xs:string">
    <xsl:param name="value" as="xs:double"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="minutes" as="xs:integer" select="xs:integer(round(abs($value) * 60))"/>
    <xsl:sequence select="f:label($key, ($minutes idiv 60, format-number($minutes mod 60, '00')))"/>
  </xsl:function>
</xsl:stylesheet>
