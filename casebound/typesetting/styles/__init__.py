"""Style sheets, and what is changed inside rst2pdf and reportlab."""
