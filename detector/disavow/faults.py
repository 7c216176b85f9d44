"""Everything that ``check`` can find in a disavow file: one table, from which messages and documents follow.

=========  =========================================================================
error      Google rejects the file or ignores the line
danger     the line does harm: it hits the user's own site, a platform, a whole suffix
warning    the line does something else than most people mean by it, or may
hint       nothing is lost; it could be tidier
=========  =========================================================================

A line with an error of its own is *dead*: no rule is in force there, whatever it means to say.
"""

from __future__ import annotations

from typing import Final, NamedTuple

ERROR: Final = "error"
DANGER: Final = "danger"
WARNING: Final = "warning"
HINT: Final = "hint"

#: The gravest first.
SEVERITIES: Final = (ERROR, DANGER, WARNING, HINT)


class Fault(NamedTuple):
    """One sort of fault.

    Attributes:
        code: stable; machines may rely on it.
        severity: one of ``SEVERITIES``.
        words: what is wrong, as a predicate of the line or file (``has a wildcard``).
        meaning: what that leads to.
        example: what it looks like; spelled out where it cannot be seen.
        mend: what to do.
        safe: ``fix`` does it, unless a guard forbids the rule that would come of it.
    """

    code: str
    severity: str
    words: str
    meaning: str
    example: str
    mend: str
    safe: bool = False


_TABLE: Final = (
    # -------------------------------------------------------------------------------------- the file
    Fault("not_a_disavow_file", ERROR, "is another sort of file", "Google reads plain text with one entry a line and ignores or rejects all else.", "a web page, a spreadsheet, a Word, RTF or PDF file, JSON, a robots.txt or hosts file, named .txt", "Take the hosts out of it and write one domain:HOST line for each."),
    Fault("file_name", ERROR, "has a name that does not end in .txt", "Google's upload form takes only .txt files.", "disavow.csv", "Rename it."),
    Fault("too_large", ERROR, "is larger than 2 MB (2,097,152 bytes)", "Google rejects the whole file.", "a file of 3,000,000 bytes", "Write one domain: line where there are many URL lines of one site; drop comments."),
    Fault("nearly_too_large", WARNING, "is nearly 2 MB large", "Google takes 2 MB; read as 2,000,000 bytes, as some do, this file is over it.", "a file of 2,050,000 bytes", "Write one domain: line where there are many URL lines of one site; drop comments."),
    Fault("too_many_lines", ERROR, "has more than 100,000 lines", "Google rejects the whole file; blank lines and comments count.", "a file of 120,000 lines", "Drop comments and blank lines; write one domain: line where there are many URL lines of one site."),
    Fault("nearly_too_many_lines", HINT, "has nearly 100,000 lines", "Google takes 100,000 lines; blank lines and comments count.", "a file of 99,000 lines", "Drop comments and blank lines before you add more."),
    Fault("no_rules", WARNING, "has no rule at all", "Uploaded, it takes every rule of the former file out of force.", "an empty file; a template of comments", "Add rules, or do not upload it unless you mean to drop all rules."),
    Fault("utf16", ERROR, "is in UTF-16 or UTF-32", "Google reads UTF-8 and 7-bit ASCII and rejects or misreads all else.", "what Windows calls \"Unicode\"", "Save it as UTF-8.", safe=True),
    Fault("not_utf8", ERROR, "is not in UTF-8", "Google reads UTF-8 and 7-bit ASCII; in a Windows or Latin code page, letters beyond ASCII are not what they were.", "`# für` saved as Latin-1", "Open it in its own encoding and save it as UTF-8."),
    Fault("nul_character", ERROR, "holds NUL characters", "The file is damaged, or no text: what stands around them is not read as it looks.", "a half-written file", "Take the file from a backup, or remove the characters and look at the lines."),
    Fault("bom", WARNING, "begins with a byte order mark", "Google does not say that it skips it; if not, the first line is lost.", "the bytes EF BB BF at the start", "Save it as UTF-8 without a mark (BOM).", safe=True),
    Fault("bom_inside", ERROR, "begins with a byte order mark inside the file", "Files were joined; the mark, which cannot be seen, makes the line unreadable.", "EF BB BF before `domain:`", "Remove the mark.", safe=True),
    Fault("cr_line_ends", ERROR, "ends with a carriage return alone", "Most readers take it and the next line for one: an entry is lost, or stands in a comment.", "a file of an old Macintosh", "Save it with LF line ends.", safe=True),
    Fault("mixed_line_ends", WARNING, "has line ends of several sorts", "Files were joined; some readers see blank lines, or blanks behind entries.", "LF and CR LF in one file", "Save it with LF line ends.", safe=True),
    Fault("crlf_line_ends", HINT, "has Windows line ends", "Nothing is lost; the file is one byte a line larger.", "CR LF", "Save it with LF line ends.", safe=True),
    Fault("no_final_line_end", HINT, "ends without a line end", "Nothing is lost until something is appended: two entries then become one.", "`domain:a.example` as the last bytes", "End the last line.", safe=True),
    # ------------------------------------------------------------------------------ behind `domain:`
    Fault("blank_in_domain", ERROR, "has a blank around the colon of domain:", "Google's help shows none there: do not count on the line as it stands.", "`domain: spam.example`", "Remove the blank.", safe=True),
    Fault("capitals", WARNING, "has capital letters in domain:, the scheme or the host", "It is not as Google's help shows it; it hides duplicates.", "`DOMAIN:Spam.Example`", "Write it in small letters.", safe=True),
    Fault("unicode_host", ERROR, "names a host in other letters than ASCII", "Google's help asks for A-labels (xn--...); do not count on another spelling.", "`domain:bücher.example`", "Write the host in A-labels.", safe=True),
    Fault("scheme_in_domain", ERROR, "has a scheme behind domain:", "domain: takes a bare host; Google ignores the line.", "`domain:https://spam.example`", "Remove the scheme.", safe=True),
    Fault("path_in_domain", ERROR, "has a path behind domain:", "domain: takes a bare host; Google ignores the line. A path cannot be disavowed, only single pages, or the whole host.", "`domain:host.example/user/x`", "Write the pages as URL lines, or the host alone if you mean all of it."),
    Fault("port_in_domain", ERROR, "has a port behind domain:", "domain: takes a bare host, and covers every port of it; Google ignores the line.", "`domain:spam.example:8080`", "Remove the port."),
    Fault("userinfo_in_domain", ERROR, "has a user name behind domain:", "domain: takes a bare host; Google ignores the line.", "`domain:me:word@spam.example`", "Remove it, the @ included."),
    Fault("email_address", ERROR, "is an e-mail address", "Links come from hosts; Google ignores the line.", "`domain:info@spam.example`", "Write the host alone, if links come from it."),
    Fault("wildcard", ERROR, "has a wildcard", "Google knows none and ignores the line; domain:HOST covers everything below the host anyway.", "`domain:*.spam.example`", "Leave the wildcard out."),
    Fault("trailing_dot", WARNING, "has a dot behind the host", "Google's help does not show it; the rule may match nothing.", "`domain:spam.example.`", "Remove the dot."),
    Fault("empty_domain", ERROR, "names no host", "There is nothing behind domain:; Google ignores the line.", "`domain:`", "Write the host, or remove the line."),
    Fault("not_a_host", ERROR, "has something behind domain: that is no host name", "An anchor text, a label or a damaged name: Google ignores the line.", "`domain:cheap seo links`", "Write the host that links, or remove the line."),
    Fault("label_too_long", ERROR, "names a host with a label of more than 63 characters", "Such a host cannot exist (RFC 1035); something was pasted together.", "`domain:aaa...aaa.example`", "Write the host that links, or remove the line."),
    Fault("host_too_long", ERROR, "names a host of more than 253 characters", "Such a host cannot exist (RFC 1035); something was pasted together.", "`domain:a.a.a. ... .example`", "Write the host that links, or remove the line."),
    # ------------------------------------------------------------------------------------ any entry
    Fault("comment_behind_entry", ERROR, "has a comment behind the entry", "A comment must begin its line; here it is part of the entry, which Google ignores.", "`domain:spam.example # bought`", "Write the comment on a line of its own."),
    Fault("text_behind_entry", ERROR, "has text behind the entry", "It is part of the entry, which Google ignores. A blank in a URL must be %20.", "`domain:spam.example link farm`", "Remove the text, or write it as a comment on a line of its own."),
    Fault("several_entries", ERROR, "has several entries", "Google reads one entry a line and ignores the line.", "`domain:a.example domain:b.example`", "Write each on a line of its own."),
    Fault("punctuation_around", ERROR, "has quotation marks, brackets, commas or semicolons around the entry", "They are part of the entry, which Google ignores.", "`\"domain:spam.example\",`", "Remove them."),
    Fault("list_marker", ERROR, "has a list marker before the entry", "It is part of the entry, which Google ignores.", "`- domain:spam.example`", "Remove it."),
    Fault("table_row", ERROR, "is a row of a table", "Google reads one entry a line, no columns, and ignores the line.", "`spam.example,12,dofollow`", "Keep the column with the hosts and write domain: before each."),
    Fault("invisible_character", ERROR, "has an invisible character", "A zero-width or no-break blank, a soft hyphen or a writing direction, pasted along: the line does not say what it looks like.", "a zero-width space (U+200B) in the host", "Type the line anew."),
    Fault("control_character", ERROR, "has a control character", "It is part of the entry, which Google ignores.", "a backspace (U+0008) in the host", "Type the line anew."),
    Fault("outer_blanks", HINT, "has blanks before or behind the entry", "Google's help shows none; they are most likely skipped.", "a tab behind `domain:spam.example`", "Remove them."),
    # ----------------------------------------------------------------------------- without `domain:`
    Fault("no_prefix", ERROR, "is a bare host: it needs domain: before it", "Google takes domain:HOST or a URL and ignores the line.", "`spam.example`", "Write domain: before it."),
    Fault("no_scheme", ERROR, "is a URL without http:// or https://", "Google takes absolute URLs only and ignores the line.", "`spam.example/page`", "Write the scheme of the page before it."),
    Fault("prefix_misspelt", ERROR, "has domain: misspelt", "Google ignores the line.", "`domian:spam.example`, `domain=spam.example`", "Write domain:HOST."),
    Fault("scheme_misspelt", ERROR, "has http:// or https:// misspelt", "Google ignores the line.", "`htp://spam.example/a`, `hxxp://`, `http:/`, `http:///`", "Write the URL as the browser shows it."),
    Fault("other_scheme", ERROR, "is no web address", "Google takes http and https only and ignores the line.", "`ftp://spam.example/`, `mailto:`", "Write the http(s) address or the domain, if links come from it."),
    Fault("other_comment_mark", ERROR, "is a comment that does not begin with #", "Google takes it for an entry that it cannot read.", "`// bought links`, `<!-- -->`, `; x`, `\"# x\"`", "Begin the line with #."),
    Fault("unreadable", ERROR, "is neither domain:HOST nor a URL", "Google ignores the line, and may reject the file.", "`Links we do not want`", "Write # before it if it is a comment; else remove it."),
    # -------------------------------------------------------------------------------------- URL lines
    Fault("url_without_host", ERROR, "is a URL that names no host", "Google ignores the line.", "`http://`, `http://spam/`, `http://spam.example:99999/`", "Write the URL as the browser shows it."),
    Fault("url_too_long", ERROR, "is a URL of more than 2,048 characters", "Google ignores the line. Counted is the line as it stands, and written out in full: a slash behind the host, and encoded what must be.", "a URL with a session of 3,000 characters", "Disavow the domain, if nothing of it is wanted."),
    Fault("home_page_url", WARNING, "is the URL of a home page", "It covers that one page, no other page of the site; most people mean the site.", "`http://spam.example/`", "Write domain:HOST if you mean the whole site."),
    Fault("wildcard_in_url", WARNING, "has a wildcard in a URL", "Google knows none: it covers only a page with a * in its address. A sub-path cannot be disavowed.", "`http://spam.example/blog/*`", "Name the pages, or disavow the domain."),
    Fault("unicode_in_url", WARNING, "has other letters than ASCII in the path of a URL", "Pages are known by their percent-encoded address; Google does not say that it encodes what it reads.", "`https://spam.example/böse`", "Write the URL as it is copied from the browser (%C3%B6)."),
    Fault("fragment_in_url", HINT, "has a fragment (#...) in a URL", "It does not go to the server: the rule covers the page, with any fragment.", "`https://spam.example/a#b`", "Leave the fragment out."),
    Fault("userinfo_in_url", WARNING, "has a user name in a URL", "No page links under such an address.", "`http://me:word@spam.example/`", "Remove it, the @ included."),
    Fault("punctuation_in_url", WARNING, "has a comma, a semicolon or a quotation mark at the end of a URL", "It is part of the address, so that the rule most likely matches no page.", "`http://spam.example/a,`", "Remove it."),
    # ------------------------------------------------------------------------------- what a rule hits
    Fault("own_site", DANGER, "hits your own site", "Your own links between your pages and sites would count no more.", "`domain:your-site.example`", "Remove the line."),
    Fault("whitelist", DANGER, "hits something on your whitelist", "You said that it must never be disavowed.", "`domain:partner.example`", "Remove the line, or the entry of the whitelist."),
    Fault("top_level_domain", DANGER, "names a whole top-level domain", "If it works, which Google does not say, it hits every site under it, without exception.", "`domain:xyz`", "Name the hosts that link."),
    Fault("public_suffix", DANGER, "names a public suffix", "Other people's domains lie under it; all of them are hit.", "`domain:org.br`", "Name the hosts under it that link."),
    Fault("platform", DANGER, "names a whole platform", "Everybody who has a page there is hit.", "`domain:blogspot.com`", "Name the tenants (domain:x.blogspot.com), or their pages as URL lines."),
    Fault("search_engine", DANGER, "names a search engine", "Nothing can be won by it.", "`domain:google.com`", "Remove the line."),
    Fault("largest_site", DANGER, "names one of the largest sites of the web", "Its links are no link scheme, and good ones are lost.", "`domain:nytimes.com`", "Remove the line; a URL line of it is a danger as well."),
    Fault("unlisted_tenant", HINT, "names a tenant of a free host that the Public Suffix List does not know", "On a rare free host Google may take the rule for the whole host (Google, 2012).", "`domain:x.free-host.example`", "Nothing, if you can live with that; else name the pages as URL lines."),
    Fault("unknown_suffix", WARNING, "ends in a top-level domain that does not exist", "No site can have such a name: a typing error, or two names run together.", "`domain:spam.bix`, `domain:spam.comcheap`", "Correct the name, or remove the line."),
    Fault("ip_address", HINT, "names an IP address", "Only links from that very address are hit, no host name that leads there; Google's help does not show it.", "`domain:192.0.2.7`", "Name the host, if links come from one."),
    Fault("private_host", WARNING, "names a host that the internet cannot reach", "A private or loopback address, localhost or a name inside a network: Google finds no link there.", "`domain:192.168.1.1`, `domain:localhost`", "Remove the line."),
    Fault("placeholder", WARNING, "names a host from an example", "It was left in from a template, and does nothing.", "`domain:example.com`, `domain:spam-site.com`", "Remove the line, or write the host that is meant."),
    Fault("underscore", HINT, "has an underscore in the host", "No domain can be registered with one; a sub-domain may have it.", "`domain:my_site.spam.example`", "See that the name is right."),
    Fault("look_alike", HINT, "names a host that looks like another one", "Its letters come from several alphabets, or imitate others: a forged name, or a typing error.", "`domain:p\u0430ypal.example` with a Cyrillic a", "See that this is the host that links."),
    Fault("www_only", HINT, "names the www. host of a site alone", "It covers www.HOST and what lies below, neither HOST itself nor other sub-domains.", "`domain:www.spam.example`", "Write domain:HOST without www. if you mean the whole site."),
    # --------------------------------------------------------------------------------- among the lines
    Fault("duplicate", HINT, "stands in the file already", "Nothing is lost.", "the same line twice", "Remove it.", safe=True),
    Fault("near_duplicate", HINT, "says the same as another line, spelled otherwise", "Nothing is lost.", "`http://spam.example` and `http://spam.example/`", "Remove one of them."),
    Fault("url_covered", HINT, "is a URL that a domain: line covers", "Nothing is lost.", "`http://spam.example/a` beside `domain:spam.example`", "Remove it.", safe=True),
    Fault("domain_covered", HINT, "names a host that a wider domain: line covers", "Nothing is lost; it counts again if the wider line is removed.", "`domain:a.spam.example` beside `domain:spam.example`", "Remove it, unless you plan to remove the wider one."),
    Fault("url_twin", HINT, "is a URL that differs from another only by scheme, www. or a closing slash", "To Google these are different pages; each line covers one.", "`http://spam.example/a` and `https://spam.example/a/`", "Keep both, or write one domain: line for the site."),
)  # fmt: skip

#: Code -> fault, in the order of the documents: the file, its lines, its rules.
FAULTS: Final = {fault.code: fault for fault in _TABLE}

#: Codes of line faults that put a line out of force.
DEAD: Final = frozenset(code for code, fault in FAULTS.items() if fault.severity == ERROR)

#: Codes of what ``fix`` mends.
SAFE: Final = frozenset(code for code, fault in FAULTS.items() if fault.safe)
