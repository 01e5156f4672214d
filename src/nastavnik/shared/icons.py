"""Icons of the kit: outlines on a 24 grid, signs of state on a 16 grid; colour comes from the text."""

ICONS: dict[str, tuple[int, str]] = {
    "alert": (24, '<path d="M12 4 2.800 20h18.400zM12 10v4.5M12 17.300v.1"/>'),
    "bell": (24, '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4"/>'),
    "book": (
        24,
        '<path d="M12 6c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2 2-1.5 5-2 8-2V4c-3 0-6 .5-8 2Zm0 0v14"/>',
    ),
    "camera": (24, '<path d="M4 8h4l2-3h4l2 3h4v11H4z"/><circle cx="12" cy="13" r="3.5"/>'),
    "cap": (24, '<path d="M2 9.5 12 5l10 4.5L12 14zM6 12v4.5c3 2.5 9 2.5 12 0V12"/>'),
    "chart": (24, '<path d="M4 20h16M7 16v-5M12 16V6M17 16V9"/>'),
    "check": (24, '<path d="m5 12.5 4.5 4.5L19 7.5"/>'),
    "clock": (24, '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>'),
    "doc": (24, '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>'),
    "down": (24, '<path d="m6 9 6 6 6-6"/>'),
    "download": (24, '<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M4 20h16"/>'),
    "edit": (24, '<path d="m4 20 1-4L16 5l3 3L8 19zM14 7l3 3"/>'),
    "exit": (24, '<path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9"/>'),
    "eye": (
        24,
        (
            '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/>'
            '<circle cx="12" cy="12" r="3"/>'
        ),
    ),
    "filter": (24, '<path d="M4 6h16M7 12h10M10 18h4"/>'),
    "gear": (
        24,
        (
            '<circle cx="12" cy="12" r="3"/>'
            '<path d="M12 3v3m0 12v3M3 12h3m12 0h3M5.600 5.600l2.100 2.100m8.600 8.600 2.100 2.100M5.600 18.400l2.100-2.100m8.600-8.600 2.100-2.100"/>'
        ),
    ),
    "hand": (
        24,
        '<path d="M7 12V6.5a1.5 1.5 0 0 1 3 0V11 4.5a1.5 1.5 0 0 1 3 0V11 6a1.5 1.5 0 0 1 3 0v8c0 4-2 7-5.5 7S6 19.5 4.5 16l-1-2.5a1.5 1.5 0 0 1 2.700-1.200z"/>',
    ),
    "home": (24, '<path d="m3.5 11.5 8.5-7.5 8.5 7.5M6 10v10h12V10"/>'),
    "info": (24, '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.600v.1"/>'),
    "left": (24, '<path d="m15 6-6 6 6 6"/>'),
    "letter": (24, '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m4 7 8 6 8-6"/>'),
    "lock": (
        24,
        '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    ),
    "map": (
        24,
        (
            '<path d="M5 20c0-6 14-4 14-10"/>'
            '<circle cx="5" cy="20" r="1.600"/>'
            '<path d="M19 3a3.200 3.200 0 0 1 3.200 3.200C22.200 8.600 19 11 19 11s-3.200-2.400-3.200-4.800A3.200 3.200 0 0 1 19 3Z"/>'
        ),
    ),
    "more": (
        24,
        (
            '<circle cx="5" cy="12" r="1"/>'
            '<circle cx="12" cy="12" r="1"/>'
            '<circle cx="19" cy="12" r="1"/>'
        ),
    ),
    "pair": (24, '<circle cx="8.5" cy="13" r="5.5"/><circle cx="16.5" cy="9" r="4.5"/>'),
    "people": (
        24,
        (
            '<circle cx="9" cy="8" r="3.5"/>'
            '<path d="M3 20c0-3.600 2.700-6 6-6s6 2.400 6 6M16 5a3.200 3.200 0 0 1 0 6M17.5 14.5c2.100.8 3.5 2.800 3.5 5.5"/>'
        ),
    ),
    "phone": (
        24,
        '<path d="M5 4h4l2 5-2.5 1.700a11 11 0 0 0 4.800 4.800L15 13l5 2v4a1.5 1.5 0 0 1-1.600 1.5C10.5 20 4 13.5 3.5 5.600A1.5 1.5 0 0 1 5 4Z"/>',
    ),
    "pin": (
        24,
        (
            '<path d="M12 21s-6.500-6.200-6.500-11a6.500 6.500 0 0 1 13 0c0 4.800-6.500 11-6.500 11Z"/>'
            '<circle cx="12" cy="10" r="2.300"/>'
        ),
    ),
    "plus": (24, '<path d="M12 5v14M5 12h14"/>'),
    "print": (24, '<path d="M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z"/>'),
    "right": (24, '<path d="m9 6 6 6-6 6"/>'),
    "rows": (24, '<path d="M4 6h16M4 12h16M4 18h16"/>'),
    "s-idle": (
        16,
        '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2.5 2.200"/>',
    ),
    "s-ok": (
        16,
        (
            '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
            '<path d="m4.800 8.200 2.200 2.300 4.300-4.700" fill="none" stroke="var(--surface)" stroke-width="2"/>'
        ),
    ),
    "s-wait": (
        16,
        (
            '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
            '<path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>'
        ),
    ),
    "s-x": (
        16,
        (
            '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
            '<path d="m5.5 5.5 5 5m0-5-5 5" stroke="currentColor" stroke-width="2"/>'
        ),
    ),
    "search": (24, '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>'),
    "shield": (
        24,
        '<path d="M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6zM9 12l2.200 2.200L15.5 10"/>',
    ),
    "sort": (24, '<path d="m8 10 4-4 4 4M8 14l4 4 4-4"/>'),
    "today": (
        24,
        (
            '<rect x="4" y="5" width="16" height="15" rx="3"/>'
            '<path d="M4 10h16M8 3v4M16 3v4m-7.5 8 2.200 2.200 4.300-4.400"/>'
        ),
    ),
    "undo": (24, '<path d="M9 7 4.5 11.5 9 16M5 11.500h9a5 5 0 0 1 0 10h-3"/>'),
    "up": (24, '<path d="m6 15 6-6 6 6"/>'),
    "upload": (24, '<path d="M12 16V5M7.5 9.5 12 5l4.5 4.5M4 20h16"/>'),
    "x": (24, '<path d="m6 6 12 12M18 6 6 18"/>'),
}
