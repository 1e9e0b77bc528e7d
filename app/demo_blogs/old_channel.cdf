<?xml version="1.0" encoding="windows-1252"?>
<CHANNEL HREF="@here@/">
  <TITLE>Push It (sample)</TITLE>
  <ABSTRACT>A channel from 1998 that nobody switched off.</ABSTRACT>
  <ITEM HREF="@here@/intranet" LASTMOD="@rfc3339(-300d)@">
    <TITLE>Our intranet is older than our intern</TITLE>
    <ABSTRACT>And better documented.</ABSTRACT>
  </ITEM>
</CHANNEL>
