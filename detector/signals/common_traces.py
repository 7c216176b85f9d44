"""What so many honest sites have that it connects nobody: folders, titles, suffixes, shared networks.

Read from the exports that the model is trained on (see docs/clusters.md), by hand where a word was no general one; dated 2026-11.
"""

from __future__ import annotations

from typing import Final

#: First folders of page addresses that at least three ordinary sites use, in at least eight unrelated profiles.
COMMON_FOLDERS: Final = (
    "about about-us app archive archives article articles arts author bbs biz blog blogs board book books business"
    " businesses category cgi-bin channel comments community companies company contact contact-us content culture de"
    " detail directory discussion docs document education en-us entertainment entry episode episodes event events"
    " explore features files food forum forums gallery groups health help home index insights journal library life"
    " lifestyle links list listing listings local magazine media member members movie music news news-releases"
    " node noticias opinion page pages partners people photos podcast podcasts politics post posts press press-release"
    " press-releases product products profile profiles project projects public question questions read read-blog recipe"
    " recipes regional research resource resources review reviews school science search services shop showthread"
    " single-post site sites software sport sports stories story support tag tags tech technology thread thread-0"
    " threads topic topics travel uncategorized user users venue video videos view viewtopic watch website"
    " wiki wordpress wp wp-content world"
).split()

#: Titles of pages that show nothing of their own, as templates: 404 is a number.
COMMON_TITLES: Final = (
    " page not found ", " 0 not found ", " not found 0 ", " 0 forbidden ", " access denied ", " just a moment ",
    " attention required ", " are you a robot ", " robot or human ", " site not found ", " account suspended ", " index of ",
    " domain for sale ", " domain is for sale ", " under construction ", " coming soon ", " checking your browser ", " bad gateway ",
    " service unavailable ", " internal server error ", " web server s default page ", " just another wordpress site ",
)  # fmt: skip

#: Suffixes that say nothing even where all domains of a cluster have them.
COMMON_SUFFIXES: Final = ("com", "org", "net")

#: Networks of shared hosts, builders, parking and content delivery that hold domains of many unrelated owners: in at
#: least ten unrelated profiles, or fifty domains of one, in the exports.
SHARED_NETWORKS: Final = (
    "173.0.129 173.201.1 173.254.28 174.122.114 176.74.176 176.9.23 178.162.182 182.50.148 184.168.221 184.168.58"
    " 192.0.78 199.101.28 199.34.228 199.59.243 208.109.138 208.109.14 208.109.181 208.73.210 208.73.211 208.87.35"
    " 208.91.197 208.94.232 213.186.33 216.8.179 23.227.38 34.149.87 46.30.211 50.22.11 50.63.120 50.63.202"
    " 64.74.223 66.147.242 66.147.244 67.215.66 67.215.77 68.178.232 69.43.161 69.89.31 74.220.199 8.5.1"
    " 81.200.64 82.98.86 85.236.48 92.42.70 97.74.144 97.74.215 98.129.229"
).split()
