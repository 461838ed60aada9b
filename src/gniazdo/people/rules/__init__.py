"""Pure rules of persons and families: names, PESEL, ages, genogram and ecomap. No Django."""
