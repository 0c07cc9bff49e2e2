<?xml version="1.0" encoding="UTF-8"?>
<!--
  The questionnaire: what reviewers ask of a digital edition, with the answers that the edition's own
  data give. Input: the record of the edition with e:answer. Words: common/questions.xml.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:e="urn:diplomatic:edition"
  xmlns:f="urn:diplomatic:function"
  xmlns:l="urn:diplomatic:labels"
  xmlns:m="urn:diplomatic:mode"
  xmlns:v="urn:diplomatic:variable"
  xmlns:fp="urn:diplomatic:html-questionnaire:function"
  xmlns:kp="urn:diplomatic:html-questionnaire:key"
  exclude-result-prefixes="#all">

  <!-- Words by what they are and their key. -->
  <xsl:key name="kp:words" match="l:answer | l:group | l:question" use="local-name() || ' ' || @key"/>

  <!-- A section for each group of criteria, with questions and answers. -->
  <xsl:template match="e:edition[@page = 'questionnaire']" mode="m:about" as="element(section)*">
    <xsl:for-each-group select="e:answer" group-adjacent="@group">
      <section>
        <h2><xsl:value-of select="fp:words('group', current-grouping-key())"/></h2>
        <dl class="questions">
          <xsl:apply-templates select="current-group()" mode="m:about"/>
        </dl>
      </section>
    </xsl:for-each-group>
  </xsl:template>

  <!-- A question and its answer, which leads to the page that shows it. -->
  <xsl:template match="e:answer" mode="m:about" as="element()+">
    <dt><xsl:value-of select="fp:words('question', @question)"/></dt>
    <dd>
      <xsl:choose>
        <xsl:when test="@page">
          <a href="{@page}"><xsl:value-of select="fp:said(.)"/></a>
        </xsl:when>
        <xsl:when test="@value = 'unstated'">
          <span class="unstated"><xsl:value-of select="fp:said(.)"/></span>
        </xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="fp:said(.)"/>
        </xsl:otherwise>
      </xsl:choose>
    </dd>
  </xsl:template>

  <!-- An answer: yes, no, not stated; kinds; a number of a number; or the words of the edition. -->
  <xsl:function name="fp:said" as="xs:string">
    <xsl:param name="answer" as="element(e:answer)"/>
    <xsl:sequence select="
      if ($answer/@of) then replace(replace(fp:words('answer', 'of'), '\{1\}', $answer/@said), '\{2\}', $answer/@of)
      else if ($answer/@kinds) then string-join(tokenize($answer/@kinds) ! f:label('kind.' || .), ', ')
      else if ($answer/@said) then string($answer/@said)
      else fp:words('answer', $answer/@value)"/>
  </xsl:function>

  <!-- Words in the language of the interface, in English where it lacks them. -->
  <xsl:function name="fp:words" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="entry" as="element()?" select="key('kp:words', $kind || ' ' || $key, doc('../common/questions.xml'))[1]"/>
    <xsl:sequence select="string(($entry/l:in[@xml:lang = $v:language], $entry/l:in[@xml:lang = 'en'])[1])"/>
  </xsl:function>
</xsl:stylesheet>
