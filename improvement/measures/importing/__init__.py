"""Bringing in numbers from Excel: lines read, columns found, each judged, nothing kept until the person says so."""
