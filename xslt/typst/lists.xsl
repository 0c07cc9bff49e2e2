<?xml version="1.0" encoding="UTF-8"?>
<!--
  Lists, tables and figures of a document. Input: elements of a document after the passes in
  transforms/. Output: lines of Typst, one for a block, each ending in the place that it came from.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:t="urn:diplomatic:template"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:typst:lists:function"
  xmlns:tp="urn:diplomatic:typst:lists:template"
  xmlns:p="urn:diplomatic:pass"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- ============================================================ lists -->

  <!-- The label of an item: before it, or in @n; none is empty. -->
  <xsl:function name="fp:item-label" as="xs:string">
    <xsl:param name="item" as="element()"/>
    <xsl:variable name="label" as="element()?" select="$item/preceding-sibling::*[1]/self::label"/>
    <xsl:sequence select="if ($label) then f:inline($label/node()) else f:words(string($item/@n))"/>
  </xsl:function>

  <!-- The width in em that holds the longest label of a list. -->
  <xsl:function name="fp:label-width" as="xs:decimal">
    <xsl:param name="list" as="element()"/>
    <xsl:variable name="longest" as="xs:integer"
      select="max(($list/label ! string-length(normalize-space()), $list/*/@n ! string-length(), 0))"/>
    <xsl:sequence select="if ($longest = 0) then 1.2 else max((1.5, $longest * 0.46 + 0.55))"/>
  </xsl:function>

  <!-- What stands between an item and the next one: it is set with the item, so that the order stays. -->
  <xsl:function name="fp:after-item" as="element()*">
    <xsl:param name="item" as="element()"/>
    <xsl:variable name="next" as="element()?" select="$item/following-sibling::*[self::item or self::bibl or self::label][1]"/>
    <xsl:sequence select="$item/following-sibling::*[empty($next) or . &lt;&lt; $next]"/>
  </xsl:function>

  <!-- A list: labels of the transcript in the margin of their items. -->
  <xsl:template match="list | listBibl" mode="m:block" as="xs:string*">
    <xsl:param name="inset" as="xs:decimal" select="0" tunnel="yes"/>
    <xsl:variable name="width" as="xs:decimal" select="fp:label-width(.)"/>
    <xsl:variable name="items" as="element()*" select="item | bibl"/>
    <xsl:variable name="contents" as="xs:string*">
      <xsl:for-each select="$items">
        <xsl:variable name="lines" as="xs:string*">
          <xsl:apply-templates select="., fp:after-item(.)" mode="m:block">
            <xsl:with-param name="inset" select="$inset + $width" tunnel="yes"/>
          </xsl:apply-templates>
        </xsl:variable>
        <xsl:sequence select="f:lines($lines)"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:apply-templates select="*[not(self::label)][empty($items) or . &lt;&lt; $items[1]]" mode="m:block"/>
    <xsl:sequence select="f:line(f:call('labelled-list', ($width || 'em', f:array($items ! fp:item-label(.)),
      f:array($contents), f:named('whole', string(exists(@type))),
      f:named('apart', string(exists(self::listBibl))))), .)[exists($items)]"/>
  </xsl:template>

  <!-- An item: its blocks, or its words as a paragraph. -->
  <xsl:template match="item | listBibl/bibl" mode="m:block" as="xs:string*">
    <xsl:call-template name="t:flow">
      <xsl:with-param name="number" select="string(@p:unit)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- An entry of a bibliography outside a list. -->
  <xsl:template match="bibl" mode="m:block" as="xs:string">
    <xsl:sequence select="f:line(f:call('plain-line', f:inline(node())), .)"/>
  </xsl:template>

  <!-- ============================================================ tables and figures -->

  <!-- A table; rows marked as labels at its head are its header. -->
  <xsl:template match="table" mode="m:block" as="xs:string">
    <xsl:variable name="columns" as="xs:integer" select="max((1, row ! sum(cell ! fp:span(., 'cols'))))"/>
    <xsl:variable name="header" as="element()*"
      select="row[@role = 'label'][empty(preceding-sibling::row[not(@role = 'label')])]"/>
    <xsl:sequence select="f:line(f:call('document-table', (f:array((1 to $columns) ! fp:column(current(), .)),
      if (head) then f:inline(head/node()) else 'none',
      f:array($header ! fp:row(., $columns)),
      f:array((row except $header) ! f:array(fp:row(., $columns))))), .)"/>
  </xsl:template>

  <!-- What is known of a column, as a pair: the letters of its longest word, and whether it holds
       figures only, below its head. -->
  <xsl:function name="fp:column" as="xs:string">
    <xsl:param name="table" as="element(table)"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:variable name="cells" as="element(cell)*" select="$table/row[not(cell/@cols)]/cell[$number]"/>
    <xsl:variable name="figures" as="xs:string*"
      select="$cells[not(../@role = 'label' or @role = 'label')] ! normalize-space()[. ne '']"/>
    <xsl:sequence select="f:array((
      string(max((1, $cells ! tokenize(.) ! string-length()))),
      string(exists($figures) and (every $cell in $figures satisfies matches($cell, '^[\d.,\s%½¼¾—–-]*\d[\d.,\s%½¼¾—–-]*$')))))"/>
  </xsl:function>

  <!-- How many columns or rows a cell spans. -->
  <xsl:function name="fp:span" as="xs:integer">
    <xsl:param name="cell" as="element()"/>
    <xsl:param name="which" as="xs:string"/>
    <xsl:sequence select="xs:integer(($cell/@*[local-name() = $which][. castable as xs:positiveInteger], 1)[1])"/>
  </xsl:function>

  <!-- The cells of a row, filled up to the width of the table. -->
  <xsl:function name="fp:row" as="xs:string*">
    <xsl:param name="row" as="element()"/>
    <xsl:param name="columns" as="xs:integer"/>
    <xsl:sequence select="$row/cell ! f:call('table.cell', (
      f:named('colspan', string(fp:span(., 'cols'))), f:named('rowspan', string(fp:span(., 'rows'))),
      if (fp:span(., 'cols') gt 1) then f:named('align', 'start') else (), fp:cell(.)))"/>
    <xsl:sequence select="(sum($row/cell ! fp:span(., 'cols')) + 1 to $columns)
      ! '[]'[empty($row/../row/cell/@rows)]"/>
  </xsl:function>

  <!-- What a cell holds. -->
  <xsl:function name="fp:cell" as="xs:string">
    <xsl:param name="cell" as="element()"/>
    <xsl:variable name="lines" as="xs:string*">
      <xsl:apply-templates select="$cell[*[f:is-block(.)]]" mode="m:cell"/>
    </xsl:variable>
    <xsl:variable name="content" as="xs:string"
      select="if (exists($lines)) then f:lines($lines) else f:inline($cell/node())"/>
    <xsl:sequence select="string-join(f:in-own-language($cell, $content))"/>
  </xsl:function>

  <!-- Blocks in a cell. -->
  <xsl:mode name="m:cell" on-no-match="fail" on-multiple-match="fail"/>
  <!-- A cell that holds blocks. -->
  <xsl:template match="cell" mode="m:cell" as="xs:string*">
    <xsl:call-template name="t:flow">
      <xsl:with-param name="inset" select="0" tunnel="yes"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A picture. Without a description it cannot be read aloud, so it is refused. -->
  <xsl:template match="figure[graphic]" mode="m:block" as="xs:string*">
    <xsl:if test="not(normalize-space(string-join(figDesc)))">
      <xsl:sequence select="f:stop('D735', f:word('error.no-alt'), .)"/>
    </xsl:if>
    <xsl:for-each select="graphic">
      <xsl:sequence select="f:line(f:call('picture', (f:string(@p:file), f:string(normalize-space(string-join(../figDesc, ' '))),
        if (../head and position() = last()) then f:inline(../head/node()) else 'none')), .)"/>
    </xsl:for-each>
    <xsl:apply-templates select="* except (graphic | figDesc | head)" mode="m:block"/>
  </xsl:template>
</xsl:stylesheet>
