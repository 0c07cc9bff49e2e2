<?xml version="1.0" encoding="UTF-8"?>
<!-- Schematron → XSLT 3.0.
     Input: a Schematron schema (ISO/IEC 19757-3) with an XSLT 3 query binding.
     Output: a stylesheet that reads a document and writes SVRL.
     Made by us: no Schematron engine can be had without Java.

     A rule that is alone in its pattern, and whose context names elements, is a loop over the elements
     of that name: Saxon finds them at once, where a template would be tried on every node. All other
     rules are checked in one pass over the document: a rule becomes a template, the next rule is
     reached by xsl:next-match, and $fired carries the patterns that a node has already met, since the
     first rule of a pattern that matches a node is the only one of it. -->
<xsl:package name="urn:diplomatic:package:transpile" package-version="1.0" version="3.0"
             declared-modes="yes" exclude-result-prefixes="#all" expand-text="yes"
             xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
             xmlns:out="http://www.w3.org/1999/XSL/TransformAlias"
             xmlns:sch="http://purl.oclc.org/dsdl/schematron"
             xmlns:svrl="http://purl.oclc.org/dsdl/svrl"
             xmlns:xs="http://www.w3.org/2001/XMLSchema"
             xmlns:f="urn:diplomatic:function"
             xmlns:made="urn:diplomatic:made"
             xmlns:m="urn:diplomatic:mode"
             xmlns:t="urn:diplomatic:template">

  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output method="xml" indent="yes"/>

  <!-- The phase to check; #ALL for every pattern, #DEFAULT for the schema's own. -->
  <xsl:param name="phase" as="xs:string" select="'#DEFAULT'"/>

  <!-- The schema becomes a stylesheet. -->
  <xsl:mode on-no-match="fail" on-multiple-match="fail"/>
  <!-- Abstract patterns are copied with their parameters filled in. -->
  <xsl:mode name="m:instantiate" on-no-match="shallow-copy" on-multiple-match="fail"/>
  <!-- A rule becomes a template. -->
  <xsl:mode name="m:rule" on-no-match="fail" on-multiple-match="fail"/>
  <!-- What a rule holds becomes instructions. -->
  <xsl:mode name="m:body" on-no-match="fail" on-multiple-match="fail"/>
  <!-- A message becomes the content of svrl:text. -->
  <xsl:mode name="m:message" on-no-match="fail" on-multiple-match="fail"/>
  <!-- What can be named in a schema. -->
  <xsl:key name="by-id" match="sch:pattern | sch:rule | sch:diagnostic | sch:phase" use="@id"/>

  <!-- Is this pattern checked in the phase asked for? -->
  <xsl:function name="f:is-active" as="xs:boolean" visibility="private">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:variable name="schema" as="element(sch:schema)" select="$pattern/ancestor::sch:schema"/>
    <xsl:variable name="name" as="xs:string" select="f:phase($schema)"/>
    <xsl:sequence select="$name = '#ALL'
                          or key('by-id', $name, $schema)/self::sch:phase/sch:active/@pattern = $pattern/@id"/>
  </xsl:function>

  <!-- The name of the phase to check. -->
  <xsl:function name="f:phase" as="xs:string" visibility="private">
    <xsl:param name="schema" as="element(sch:schema)"/>
    <xsl:sequence select="if ($phase = '#DEFAULT') then ($schema/@defaultPhase, '#ALL')[1] else $phase"/>
  </xsl:function>

  <!-- A context as an expression that finds its nodes: // before each of its alternatives. Empty where
       it is more than names of elements with predicates, or asks for current(). -->
  <xsl:function name="f:search" as="xs:string?" visibility="private">
    <xsl:param name="context" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*"
                  select="analyze-string($context, &quot;'[^']*'|&quot;&quot;[^&quot;&quot;]*&quot;&quot;|[\[\]()|]&quot;)/* ! string()"/>
    <!-- the expression, and what of it stands outside of predicates -->
    <xsl:variable name="read" as="map(xs:string, item())"
                  select="fold-left($parts, map { 'depth': 0, 'all': '//', 'outside': '' }, f:read#2)"/>
    <xsl:variable name="name" as="xs:string" select="'([\w.\-]+:)?([\w.\-]+|\*)'"/>
    <xsl:variable name="is-plain" as="xs:boolean"
                  select="every $alternative in tokenize($read?outside, '\|')
                          satisfies matches(normalize-space($alternative), '^' || $name || '(//?' || $name || ')*$')"/>
    <xsl:sequence select="$read?all[$is-plain][not(contains($context, 'current('))]"/>
  </xsl:function>

  <!-- What has been read of a context, with one part more. -->
  <xsl:function name="f:read" as="map(xs:string, item())" visibility="private">
    <!-- how many predicates are open; the expression; what stands outside of them -->
    <xsl:param name="before" as="map(xs:string, item())"/>
    <xsl:param name="part" as="xs:string"/>
    <xsl:variable name="depth" as="xs:integer"
                  select="$before?depth + (if ($part = ('[', '(')) then 1 else if ($part = (']', ')')) then -1 else 0)"/>
    <xsl:sequence select="map {
      'depth': $depth,
      'all': $before?all || $part || '//'[$part = '|'][$depth = 0],
      'outside': $before?outside || $part[$before?depth = 0][not($part = '[')] }"/>
  </xsl:function>

  <!-- Are the nodes of a rule found by searching? Not where another rule of its pattern may take them. -->
  <xsl:function name="f:is-sought" as="xs:boolean" visibility="private">
    <xsl:param name="rule" as="element(sch:rule)"/>
    <xsl:sequence select="empty($rule/../sch:rule[not(@abstract = 'true')] except $rule) and exists(f:search($rule/@context))"/>
  </xsl:function>

  <!-- A pattern with abstract patterns filled in. -->
  <xsl:function name="f:concrete" as="element(sch:pattern)" visibility="private">
    <xsl:param name="pattern" as="element(sch:pattern)"/>
    <xsl:variable name="name" as="xs:string?" select="$pattern/@is-a"/>
    <xsl:variable name="abstract" as="element(sch:pattern)?"
                  select="key('by-id', $name, root($pattern))[self::sch:pattern][@abstract = 'true']"/>
    <xsl:choose>
      <xsl:when test="empty($name)"><xsl:sequence select="$pattern"/></xsl:when>
      <xsl:when test="empty($abstract)">
        <xsl:message terminate="yes">The pattern {$pattern/@id} is made from {$name}, but there is no abstract pattern of this name.</xsl:message>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="filled" as="element(sch:pattern)">
          <xsl:apply-templates select="$abstract" mode="m:instantiate">
            <xsl:with-param name="id" as="xs:string?" select="$pattern/@id" tunnel="yes"/>
            <xsl:with-param name="values" as="map(xs:string, xs:string)" tunnel="yes"
                            select="map:merge($pattern/sch:param ! map:entry(string(@name), string(@value)))"
                            xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
          </xsl:apply-templates>
        </xsl:variable>
        <xsl:sequence select="$filled"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The abstract pattern itself: it takes the id of the pattern that is made from it. -->
  <xsl:template match="sch:pattern" mode="m:instantiate" as="element(sch:pattern)">
    <xsl:param name="id" as="xs:string?" tunnel="yes"/>
    <sch:pattern>
      <xsl:if test="exists($id)"><xsl:attribute name="id" select="$id"/></xsl:if>
      <xsl:apply-templates mode="m:instantiate"/>
    </sch:pattern>
  </xsl:template>

  <!-- Expressions in an abstract pattern: $name gives way to its value; other variables stay. -->
  <xsl:template match="@context | @test | @select | @value | @path" mode="m:instantiate" as="attribute()">
    <xsl:param name="values" as="map(xs:string, xs:string)" tunnel="yes"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:analyze-string select="." regex="\$([\i-[:]][\c-[:]]*)">
        <xsl:matching-substring>
          <xsl:sequence select="if (map:contains($values, regex-group(1))) then $values(regex-group(1)) else ."
                        xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring><xsl:sequence select="."/></xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:variable>
    <xsl:attribute name="{name()}" select="string-join($parts)"/>
  </xsl:template>

  <!-- The file. -->
  <xsl:template match="/" as="element()">
    <xsl:apply-templates select="sch:schema"/>
  </xsl:template>

  <!-- The schema: declarations, then one template for each rule. -->
  <xsl:template match="sch:schema" as="element()">
    <xsl:variable name="schema" as="document-node()" select="root()"/>
    <xsl:variable name="patterns" as="element(sch:pattern)*"
                  select="sch:pattern[not(@abstract = 'true')][f:is-active(.)] ! f:concrete(.)"/>
    <xsl:variable name="rules" as="element(sch:rule)*"
                  select="for $pattern in $patterns return $pattern/sch:rule[not(@abstract = 'true')]"/>
    <out:stylesheet version="3.0" expand-text="no" exclude-result-prefixes="#all">
      <xsl:for-each select="sch:ns"><xsl:namespace name="{@prefix}" select="@uri"/></xsl:for-each>
      <xsl:namespace name="xs" select="'http://www.w3.org/2001/XMLSchema'"/>
      <xsl:namespace name="made" select="'urn:diplomatic:made'"/>
      <out:output method="xml"/>
      <out:mode on-no-match="shallow-skip" on-multiple-match="fail" use-accumulators="made:number"/>
      <out:mode name="check" on-no-match="fail" on-multiple-match="fail"/>
      <xsl:copy-of select="xsl:key | xsl:function | xsl:include | xsl:import | xsl:param | xsl:variable"/>
      <xsl:apply-templates select="sch:let | sch:phase[@id = f:phase(..)]/sch:let" mode="m:rule"/>
      <xsl:call-template name="t:frame">
        <xsl:with-param name="rules" select="$rules[not(f:is-sought(.))]"/>
        <xsl:with-param name="sought" select="$rules[f:is-sought(.)]"/>
        <xsl:with-param name="schema" select="$schema" tunnel="yes"/>
      </xsl:call-template>
      <xsl:for-each select="$rules[not(f:is-sought(.))]">
        <xsl:apply-templates select="." mode="m:rule">
          <xsl:with-param name="priority" select="last() - position() + 1"/>
          <xsl:with-param name="pattern" select="index-of($patterns ! generate-id(), generate-id(..))"/>
          <xsl:with-param name="schema" select="$schema" tunnel="yes"/>
        </xsl:apply-templates>
      </xsl:for-each>
    </out:stylesheet>
  </xsl:template>

  <!-- The start of the stylesheet made, and its walk over the document. -->
  <xsl:template name="t:frame" as="element()+">
    <!-- the rules; attributes and text are visited only where a rule asks for them -->
    <xsl:param name="rules" as="element(sch:rule)*"/>
    <!-- the rules whose nodes are found by searching -->
    <xsl:param name="sought" as="element(sch:rule)*"/>
    <!-- contexts without strings and without predicates -->
    <xsl:variable name="plain" as="xs:string"
                  select="replace(string-join($rules/@context, ' '), &quot;'[^']*'|&quot;&quot;[^&quot;&quot;]*&quot;&quot;&quot;, '')"/>
    <xsl:variable name="contexts" as="xs:string"
                  select="fold-left(1 to 9, $plain, function($text, $n) { replace($text, '\[[^\[\]]*\]', '') })"/>
    <xsl:variable name="attributes" as="xs:string?" select="if (contains($contexts, '@') or contains($contexts, 'attribute')) then '@*' else ()"/>
    <xsl:variable name="children" as="xs:string" select="if (matches($contexts, '(text|comment|node|processing-instruction)\(')) then 'node()' else '*'"/>
    <xsl:call-template name="t:location"/>
    <out:template match="/" as="element()">
      <svrl:schematron-output>
        <xsl:for-each select="$sought">
          <out:for-each select="{f:search(@context)}">
            <xsl:apply-templates select="../sch:let, *" mode="m:body"/>
          </out:for-each>
        </xsl:for-each>
        <xsl:if test="exists($rules)"><out:apply-templates select="." mode="check"/></xsl:if>
      </svrl:schematron-output>
    </out:template>
    <out:template match="node() | @* | /" mode="check" priority="0" as="element()*">
      <out:apply-templates select="{string-join(($attributes, $children), ' | ')}" mode="check"/>
    </out:template>
  </xsl:template>

  <!-- How the stylesheet made says where a node is: by the number of its element in the document.
       path() would count siblings each time, the square of them in a document full of faults. -->
  <xsl:template name="t:location" as="element()+">
    <out:accumulator name="made:number" as="xs:integer" initial-value="0">
      <out:accumulator-rule match="*" select="$value + 1"/>
    </out:accumulator>
    <out:function name="made:location" as="xs:string">
      <out:param name="node" as="node()"/>
      <out:variable name="element" as="element()?" select="$node/ancestor-or-self::*[1]"/>
      <out:sequence select="if ($element) then '(//*)[' || $element/accumulator-before('made:number') || ']' else '/'"/>
    </out:function>
  </xsl:template>

  <!-- A variable of the whole schema or of a phase; the caller may set it. -->
  <xsl:template match="sch:schema/sch:let | sch:phase/sch:let" mode="m:rule" as="element()">
    <out:param name="{@name}"><xsl:sequence select="f:value(.)"/></out:param>
  </xsl:template>

  <!-- A rule: its variables and tests, unless an earlier rule of the pattern took the node. -->
  <xsl:template match="sch:rule" mode="m:rule" as="element()">
    <!-- earlier rules come first -->
    <xsl:param name="priority" as="xs:integer"/>
    <!-- which pattern it is of -->
    <xsl:param name="pattern" as="xs:integer"/>
    <out:template match="{@context}" mode="check" priority="{$priority}" as="element()*">
      <out:param name="fired" as="xs:integer*" select="()"/>
      <out:if test="not($fired = {$pattern})">
        <xsl:apply-templates select="../sch:let, *" mode="m:body"/>
      </out:if>
      <out:next-match>
        <out:with-param name="fired" select="$fired, {$pattern}"/>
      </out:next-match>
    </out:template>
  </xsl:template>

  <!-- The value of a variable: an expression, or what stands inside it. -->
  <xsl:function name="f:value" as="node()*" visibility="private">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:choose>
      <xsl:when test="$let/@value"><xsl:attribute name="select" select="$let/@value"/></xsl:when>
      <xsl:otherwise><xsl:copy-of select="$let/node()"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A variable of a pattern is computed at the root of the document. -->
  <xsl:template match="sch:pattern/sch:let" mode="m:body" as="element()">
    <out:variable name="{@name}" as="item()*">
      <out:for-each select="root()"><out:sequence><xsl:sequence select="f:value(.)"/></out:sequence></out:for-each>
    </out:variable>
  </xsl:template>

  <!-- A variable of a rule is computed at the node. -->
  <xsl:template match="sch:rule/sch:let" mode="m:body" as="element()">
    <out:variable name="{@name}"><xsl:sequence select="f:value(.)"/></out:variable>
  </xsl:template>

  <!-- The tests of an abstract rule. -->
  <xsl:template match="sch:extends" mode="m:body" as="element()*">
    <!-- the schema, which may hold the rule elsewhere -->
    <xsl:param name="schema" as="document-node()" tunnel="yes"/>
    <xsl:variable name="rule" as="element(sch:rule)?"
                  select="(ancestor::sch:pattern/sch:rule, key('by-id', @rule, $schema)/self::sch:rule)[@id = current()/@rule][@abstract = 'true'][1]"/>
    <xsl:if test="empty($rule)">
      <xsl:message terminate="yes">A rule extends {@rule}, but there is no abstract rule of this name.</xsl:message>
    </xsl:if>
    <xsl:apply-templates select="$rule/*" mode="m:body"/>
  </xsl:template>

  <!-- A test that must hold. -->
  <xsl:template match="sch:assert" mode="m:body" as="element()">
    <out:if test="not({@test})">
      <svrl:failed-assert><xsl:call-template name="t:finding"/></svrl:failed-assert>
    </out:if>
  </xsl:template>

  <!-- A test that must not hold. -->
  <xsl:template match="sch:report" mode="m:body" as="element()">
    <out:if test="{@test}">
      <svrl:successful-report><xsl:call-template name="t:finding"/></svrl:successful-report>
    </out:if>
  </xsl:template>

  <!-- Words about a rule, which are no test. -->
  <xsl:template match="sch:title | sch:p | xsl:*" mode="m:body" as="empty-sequence()"/>

  <!-- What a finding says: id, role, place, message, diagnostics. -->
  <xsl:template name="t:finding" as="node()+">
    <xsl:context-item as="element()" use="required"/>
    <!-- the schema, where the diagnostics are -->
    <xsl:param name="schema" as="document-node()" tunnel="yes"/>
    <xsl:copy-of select="@id, @role, @flag, @test"/>
    <out:attribute name="location" select="made:location({if (@subject) then '(' || @subject || ')[1]' else '.'})"/>
    <svrl:text><xsl:apply-templates mode="m:message"/></svrl:text>
    <xsl:for-each select="tokenize(@diagnostics)">
      <svrl:diagnostic-reference diagnostic="{.}">
        <xsl:apply-templates select="key('by-id', ., $schema)/node()" mode="m:message"/>
      </svrl:diagnostic-reference>
    </xsl:for-each>
  </xsl:template>

  <!-- Words of a message. -->
  <xsl:template match="text()" mode="m:message" as="element()">
    <out:text>{.}</out:text>
  </xsl:template>

  <!-- A value in a message. -->
  <xsl:template match="sch:value-of" mode="m:message" as="element()">
    <out:value-of select="{@select}"/>
  </xsl:template>

  <!-- The name of the node in a message. -->
  <xsl:template match="sch:name" mode="m:message" as="element()">
    <out:value-of select="name({@path})"/>
  </xsl:template>

  <!-- Emphasis in a message: its words. -->
  <xsl:template match="sch:emph | sch:span | sch:dir" mode="m:message" as="node()*">
    <xsl:apply-templates mode="m:message"/>
  </xsl:template>
</xsl:package>
