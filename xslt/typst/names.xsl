<?xml version="1.0" encoding="UTF-8"?>
<!--
  Names and other phrases. Input: inline elements. Output: Typst expressions; a name with an entry
  in an index is a place that the index sends to.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:diplomatic:function"
  xmlns:m="urn:diplomatic:mode"
  xmlns:v="urn:diplomatic:variable"
  xmlns:p="urn:diplomatic:pass"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  expand-text="yes" exclude-result-prefixes="#all">

  <!-- Names that the indices list. -->
  <xsl:variable name="v:names" as="xs:string+" select="'persName', 'placeName', 'orgName', 'rs', 'name', 'geogName'"/>

  <!-- A name with an entry in an index. -->
  <xsl:template mode="m:inline" as="xs:string*" priority="10"
    match="*[local-name() = $v:names][@p:mention]">
    <xsl:variable name="words" as="xs:string*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:sequence select="f:call('spot', (f:string(f:destination('i' || @p:mention, .)), f:body($words)))"/>
  </xsl:template>

  <!-- Phrases whose kind the page does not show: their words. -->
  <xsl:template mode="m:inline" as="xs:string*" priority="-0.4" match="
    persName | placeName | orgName | rs | name | geogName | forename | surname | roleName | addName | genName
    | nameLink | country | region | settlement | district | bloc | date | time | num | measure | unit | term
    | abbr | expan | orig | reg | sic | corr | damage | subst | foreign | title | author | editor | publisher | pubPlace
    | biblScope | bibl | email | idno | hi | emph | mentioned | soCalled | q | said | quote | cit | distinct
    | seg | s | w | c | pc | secl | restore | mod | retrace | address | addrLine | signed | salute | dateline
    | opener | closer | label | fw | p | ab | head | item | code | gi | att | val | tag | formula | speaker | trailer
    | ident | affiliation | occupation | origDate | origPlace | locus | dim | material | watermark | note/bibl
    | row | cell | desc | textLang | byline | docAuthor | docDate | docTitle | titlePart | respStmt | resp | edition | series | l">
    <xsl:apply-templates mode="m:inline"/>
  </xsl:template>
</xsl:stylesheet>
