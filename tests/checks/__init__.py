"""Tests of bptt_lib.checks; the correct variants they submit are in the package `variants`."""
