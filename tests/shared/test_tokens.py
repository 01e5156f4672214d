"""Secrets of printed links: bound to a purpose, made again, revoked."""

from nastavnik.shared import tokens


def test_token_is_made_again_from_its_nonce_and_never_kept():
    nonce, kept = tokens.fresh_secret("door")
    token = tokens.token_of("door", nonce, kept)
    assert tokens.hash_of(token) == kept
    assert token == tokens.token_of("door", nonce)
    assert (len(token), len({token, nonce, kept})) == (32, 3)


def test_token_of_one_purpose_opens_nothing_else():
    nonce, kept = tokens.fresh_secret("door")
    assert tokens.hash_of(tokens.token_of("window", nonce, kept)) != kept


def test_fresh_secret_revokes_the_old_one():
    first, second = tokens.fresh_secret("door"), tokens.fresh_secret("door")
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_printed_codes_survive_a_new_key_only_as_long_as_the_old_one_is_named(settings):
    nonce, kept = tokens.fresh_secret("door")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key of the installation"
    assert tokens.hash_of(tokens.token_of("door", nonce, kept)) != kept
    settings.SECRET_KEY_FALLBACKS = [old]
    assert tokens.hash_of(tokens.token_of("door", nonce, kept)) == kept


def test_odd_letters_are_hashed_and_not_refused():
    assert len(tokens.hash_of("\udcff")) == 64
    assert tokens.keyed_hash("door", "10.0.0.7") != tokens.keyed_hash("window", "10.0.0.7")


def test_whole_address_has_one_slash(settings):
    settings.SITE_URL = "https://example.org/"
    assert tokens.whole_address("/s/abc/") == "https://example.org/s/abc/"
