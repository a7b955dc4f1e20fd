// Writes what text/template makes of the templates in cases.json, as Helm uses it:
//
//	go run test/language/go-template/oracle.go
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/template"
)

const path = "test/language/go-template/cases.json"

type Case struct {
	Template string  `json:"template"`
	Output   *string `json:"output,omitempty"`
	// Error is the last part of the error's message, after its place.
	Error string `json:"error,omitempty"`
}

type Cases struct {
	Data  map[string]any `json:"data"`
	Cases []Case         `json:"cases"`
}

func functions(set *template.Template) template.FuncMap {
	return template.FuncMap{
		"list": func(items ...any) []any { return items },
		"dict": func(items ...any) map[string]any {
			made := map[string]any{}
			for i := 0; i+1 < len(items); i += 2 {
				made[fmt.Sprint(items[i])] = items[i+1]
			}
			return made
		},
		"set":     func(target map[string]any, key string, value any) map[string]any { target[key] = value; return target },
		"strings": func(items ...string) []string { return items },
		"half":    func(value float64) float64 { return value / 2 },
		"int64":   func(value int) int64 { return int64(value) },
		"nothing": func() any { return nil },
		"keys":    func(of map[string]any) int { return len(of) },
		"include": func(name string, data any) (string, error) {
			var output strings.Builder
			err := set.ExecuteTemplate(&output, name, data)
			return output.String(), err
		},
	}
}

func render(text string, data map[string]any) (string, error) {
	set := template.New("gotpl").Option("missingkey=zero")
	set.Funcs(functions(set))
	if _, err := set.New("main").Parse(text); err != nil {
		return "", err
	}
	var output strings.Builder
	err := set.ExecuteTemplate(&output, "main", data)
	return strings.ReplaceAll(output.String(), "<no value>", ""), err
}

func main() {
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	var cases Cases
	if err := json.Unmarshal(text, &cases); err != nil {
		panic(err)
	}
	for i := range cases.Cases {
		one := &cases.Cases[i]
		// Some templates change the data.
		var fresh Cases
		if err := json.Unmarshal(text, &fresh); err != nil {
			panic(err)
		}
		output, err := render(one.Template, fresh.Data)
		one.Output, one.Error = &output, ""
		if err != nil {
			parts := strings.Split(err.Error(), ": ")
			one.Output, one.Error = nil, parts[len(parts)-1]
		}
	}
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(cases); err != nil {
		panic(err)
	}
	if err := os.WriteFile(path, written.Bytes(), 0o644); err != nil {
		panic(err)
	}
}
